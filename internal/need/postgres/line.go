package postgres

import (
	"bytes"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// Line is a way to the server that can be cut, as networks are.
type Line struct {
	dir    string
	server string

	mu    sync.Mutex
	cut   Cut
	conns []net.Conn
}

// Cut is what a line does to what passes.
type Cut int

const (
	// Whole passes everything.
	Whole Cut = iota
	// BeforeCommit breaks the connection when the next commit comes, which the
	// server never sees.
	BeforeCommit
	// AfterCommit lets the next commit through and breaks the connection before
	// the answer is back: whoever committed does not know it.
	AfterCommit
	// Silent passes nothing any more, and tells nobody: an unplugged cable.
	Silent
)

// Line makes a way to the server.
func (s *Server) Line(t testing.TB) *Line {
	t.Helper()
	dir, err := os.MkdirTemp("", "pgline")
	if err != nil {
		t.Fatal(err)
	}
	l := &Line{dir: dir, server: s.Socket()}
	listen, err := net.Listen("unix", filepath.Join(dir, filepath.Base(l.server)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listen.Close(); l.breakAll(); os.RemoveAll(dir) })
	go func() {
		for {
			client, err := listen.Accept()
			if err != nil {
				return
			}
			go l.serve(client)
		}
	}()
	return l
}

// Through is the address of a database of the server by way of the line.
func (l *Line) Through(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	q := u.Query()
	q.Set("host", l.dir)
	u.RawQuery = q.Encode()
	return u.String()
}

// Set changes what the line does from now on. Whole breaks what was silent.
func (l *Line) Set(c Cut) {
	l.mu.Lock()
	was := l.cut
	l.cut = c
	l.mu.Unlock()
	if was == Silent {
		l.breakAll()
	}
}

func (l *Line) breakAll() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, c := range l.conns {
		c.Close()
	}
	l.conns = nil
}

func (l *Line) serve(client net.Conn) {
	server, err := net.Dial("unix", l.server)
	if err != nil {
		client.Close()
		return
	}
	l.mu.Lock()
	l.conns = append(l.conns, client, server)
	l.mu.Unlock()
	lost := make(chan bool, 1) // the answer that is to be lost
	go l.pass(client, server, func(data []byte) bool { return l.request(data, lost) })
	l.pass(server, client, func([]byte) bool {
		select {
		case <-lost:
			return false
		default:
			return true
		}
	})
}

// request says whether what a client sends goes on.
func (l *Line) request(data []byte, lost chan<- bool) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.cut != BeforeCommit && l.cut != AfterCommit || !bytes.Contains(bytes.ToLower(data), []byte("commit\x00")) {
		return true
	}
	before := l.cut == BeforeCommit
	l.cut = Whole
	if before {
		return false
	}
	lost <- true
	return true
}

// pass copies until an end is closed, or goes says that the line breaks.
func (l *Line) pass(from, to net.Conn, goes func([]byte) bool) {
	defer from.Close()
	defer to.Close()
	data := make([]byte, 64<<10)
	for {
		n, err := from.Read(data)
		if err != nil {
			return
		}
		if !goes(data[:n]) {
			return
		}
		if l.silent() {
			continue
		}
		if _, err := to.Write(data[:n]); err != nil {
			return
		}
	}
}

func (l *Line) silent() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.cut == Silent
}
