// Package doctor looks whether the program, its folder and its office are well.
package doctor
