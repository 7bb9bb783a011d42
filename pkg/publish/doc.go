// Package publish is how posts leave, behind two seams: [Output] makes files
// (feeds, pages, newsletters) and touches nothing else; publishers deliver to
// platforms. Each output and each publisher is a folder of its own, and they
// never import each other.
package publish
