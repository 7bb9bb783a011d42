package civil_test

import (
	"archive/zip"
	"bufio"
	"bytes"
	_ "embed"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"editorial/internal/need"
	"editorial/pkg/civil"
)

//go:embed zoneinfo.zip
var archive []byte

//go:embed testdata/oracle.py
var oracle string

// unpack writes the embedded zone data to a folder, as Python reads it.
func unpack(t *testing.T) string {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, r); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestInstant_agreesWithPythonInEveryZone asks testdata/oracle.py, which finds
// the changes of every zone by itself, what instant each local time around
// them is, which periods there are, and what instant is days and minutes after
// another.
func TestInstant_agreesWithPythonInEveryZone(t *testing.T) {
	t.Parallel()
	python := need.Python(t, "zoneinfo")
	random := "60"
	if testing.Short() {
		random = "5"
	}
	cmd := exec.Command(python, "-I", "-c", oracle, unpack(t), random)
	cmd.Stdin = strings.NewReader(strings.Join(civil.Zones(), "\n"))
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	zones, cases := compare(t, out)
	io.Copy(io.Discard, out)
	if err := cmd.Wait(); err != nil {
		t.Fatalf("%v\n%s", err, stderr.Bytes())
	}
	if want := len(civil.Zones()); zones != want {
		t.Errorf("compared %d zones of %d", zones, want)
	}
	t.Logf("%d local times in %d zones", cases, zones)
}

// compare reads the oracle's lines: "zone NAME"; "periods OFFSET@START …";
// "LOCAL UTC SKIPPED REPEATED", times in seconds, the local one as if in UTC;
// "add UTC DAYS MINUTES UTC", the second instant so much after the first.
func compare(t *testing.T, out io.Reader) (zones, cases int) {
	var z civil.Zone
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		f := strings.Fields(lines.Text())
		switch f[0] {
		case "zone":
			zones++
			z = zone(t, f[1])
			continue
		case "periods":
			if got, want := periods(z), strings.Join(f[1:], " "); got != want {
				t.Errorf("%s: periods\n got %s\nwant %s", z.Name(), got, want)
			}
			continue
		case "add":
			cases++
			from, span, want := seconds(t, f[1]), civil.Span{Days: int(seconds(t, f[2])), Minutes: int(seconds(t, f[3]))}, seconds(t, f[4])
			if got := z.Add(time.Unix(from, 0), span); got.Unix() != want {
				t.Errorf("%s %v + %v: got %v, want %v", z.Name(), time.Unix(from, 0).In(z.Location()), span, got, time.Unix(want, 0).In(z.Location()))
			}
			continue
		}
		cases++
		wall, want := seconds(t, f[0]), seconds(t, f[1])
		local := civil.UTC().DateTime(time.Unix(wall, 0))
		got := z.Instant(local)
		if got.Unix() != want {
			t.Errorf("%s %v: got %v, want %v", z.Name(), local, got, time.Unix(want, 0).In(z.Location()))
		}
		if skips, repeats := z.Skips(local), z.Repeats(local); skips != (f[2] == "1") || repeats != (f[3] == "1") {
			t.Errorf("%s %v: skipped %v, repeated %v, want %s, %s", z.Name(), local, skips, repeats, f[2], f[3])
		}
		if t.Failed() && cases > 1000 {
			break
		}
	}
	if err := lines.Err(); err != nil {
		t.Error(err)
	}
	return zones, cases
}

// periods writes the offsets of 1970 to 2040, joined where only a name
// changes, since the oracle knows offsets alone.
func periods(z civil.Zone) string {
	from, to := time.Unix(0, 0), time.Date(2041, 1, 1, 0, 0, 0, 0, time.UTC)
	var b strings.Builder
	last := -1 << 30
	for _, p := range z.Periods(from, to) {
		if p.Offset == last {
			continue
		}
		last = p.Offset
		start := int64(0)
		if p.Start.After(from) {
			start = p.Start.Unix()
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(strconv.Itoa(p.Offset) + "@" + strconv.FormatInt(start, 10))
	}
	return b.String()
}

func seconds(t *testing.T, s string) int64 {
	t.Helper()
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestZoneData_isThatOfTheGoRelease only tells: an older release of Go must
// still build the module.
func TestZoneData_isThatOfTheGoRelease(t *testing.T) {
	t.Parallel()
	out, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		need.Skip(t, err)
	}
	theirs, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(out)), "lib", "time", "zoneinfo.zip"))
	switch {
	case errors.Is(err, os.ErrNotExist):
		need.Skip(t, err)
	case err != nil:
		t.Fatal(err)
	case !bytes.Equal(theirs, archive):
		t.Log("the embedded zone data differs from that of this Go release: make generate")
	}
}
