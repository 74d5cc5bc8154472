package grading

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"kezhi/internal/db"
	"kezhi/internal/dbtest"
)

// What the process that is killed is told by its environment.
const (
	killAddress = "KEZHI_TEST_KILL_ADDRESS"
	killBook    = "KEZHI_TEST_KILL_BOOK"
	killHours   = "KEZHI_TEST_KILL_HOURS" // how much later than the company's first day it is
)

// TestGradesInAProcessOfItsOwn is that process: it grades a company it finds and says a line for each page. Without the
// environment it does nothing.
func TestGradesInAProcessOfItsOwn(t *testing.T) {
	address := os.Getenv(killAddress)
	if address == "" {
		t.Skip("runs only as the process that TestKilledProcesses kills")
	}
	d, err := db.Open(context.Background(), address, db.Options{Readers: 4, Relaxed: true})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Close() }()
	hours, err := strconv.Atoi(os.Getenv(killHours))
	if err != nil {
		t.Fatal(err)
	}
	k := newKit(t, d)
	k.now = k.now.Add(time.Duration(hours) * time.Hour) // the lease of the process before has run out
	k.s.pace = pace{page: 16, workers: 2}
	_, err = k.s.Grade(k.ctx, os.Getenv(killBook), day(t, "2026-06-30"), Options{AdoptIfNone: true}, func(done, _ int64) {
		fmt.Fprintln(os.Stdout, "page", done)
		_, _ = os.Stdin.Read(make([]byte, 1)) // goes on when it was heard, so that it cannot be through before it is killed
	})
	if err != nil {
		t.Fatal(err)
	}
}

// gradeKilled has a company graded by processes of which the first ones are killed by the operating system at random pages; it
// gives how many were. The hours count on from *at.
func (k *kit) gradeKilled(address, book string, draw *rand.Rand, at *int) (kills int) {
	k.t.Helper()
	for range 40 {
		*at++
		c := exec.Command(os.Args[0], "-test.run=^TestGradesInAProcessOfItsOwn$", "-test.count=1") //nolint:gosec // this very program
		c.Env = append(os.Environ(), killAddress+"="+address, killBook+"="+book, killHours+"="+strconv.Itoa(*at))
		out, err := c.StdoutPipe()
		if err != nil {
			k.t.Fatal(err)
		}
		in, err := c.StdinPipe()
		if err != nil {
			k.t.Fatal(err)
		}
		if err := c.Start(); err != nil {
			k.t.Fatal(err)
		}
		limit, pages, killed := 1+draw.IntN(30), 0, false
		if kills == 3 {
			limit = 1 << 30 // a job that dies five times is given up
		}
		var said []string
		for lines := bufio.NewScanner(out); lines.Scan(); {
			if said = append(said, lines.Text()); len(said) > 12 {
				said = said[1:]
			}
			_, _ = in.Write([]byte{'\n'}) // and is killed somewhere on the way to its next page
			if pages++; pages == limit && !killed {
				killed = c.Process.Kill() == nil
			}
		}
		err = c.Wait()
		if err == nil {
			return kills
		}
		if !killed {
			k.t.Fatalf("the process failed by itself: %v, after\n%s", err, strings.Join(said, "\n"))
		}
		kills++
	}
	k.t.Fatal("the grading never came to its end")
	return kills
}

// A grading whose process is killed at any moment and started again ends as one that was left alone: several schemes that read
// each other, then only those about whom something changed. The undisturbed company lives in another database, on SQLite.
func TestKilledProcesses(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a dozen processes")
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		draw := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 7)) //nolint:gosec // which pages, nothing more
		calm, k := newKit(t, dbtest.SQLite(t)), newKit(t, d)
		for _, one := range []*kit{calm, k} {
			one.company(700)
		}
		address, hours := dbtest.Address(t, d), 0
		same := func(book string, least int) {
			t.Helper()
			calm.grade(book, "2026-06-30")
			if kills := k.gradeKilled(address, book, draw, &hours); kills < least {
				t.Errorf("%s: only %d processes were killed", book, kills)
			}
			if want, got := calm.state(book, "2026-06-30"), k.state(book, "2026-06-30"); got != want || want == "" {
				t.Errorf("%s: what was killed ends otherwise (%d bytes, %d undisturbed)", book, len(got), len(want))
			}
			open := k.one("SELECT COUNT(*) FROM grading_run WHERE state <> 'done'")
			if open != 0 {
				t.Errorf("%s: %d runs are not done", book, open)
			}
		}
		same(threeAxes, 2)
		same(dealers, 2)
		for _, one := range []*kit{calm, k} {
			one.now = testNow.Add(time.Duration(hours+1) * time.Hour)
			var more []sale
			for i := range 300 {
				more = append(more, sale{code: fmt.Sprintf("K%05d", i), document: fmt.Sprint("N", i), on: "2026-06-20", amount: int64(i+1) * 3_000_00, quantity: 1000})
			}
			one.orders(more...)
		}
		hours += 2
		calm.now = testNow.Add(time.Duration(hours) * time.Hour)
		same(dealers, 1)
		if n := k.one("SELECT COUNT(*) FROM grading_run WHERE extent = 'changed'"); n == 0 {
			t.Error("the second grading judged everybody")
		}
	})
}
