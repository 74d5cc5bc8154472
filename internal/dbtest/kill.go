package dbtest

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"testing"

	"kezhi/internal/db"
)

// Main is the TestMain of a package whose tests kill processes: in a child that KillAfter began it does the work that the variable
// stands for, on what the variable names, until it is killed; otherwise it runs the tests.
func Main(m *testing.M, works map[string]func(on string) error) {
	for variable, work := range works {
		if on := os.Getenv(variable); on != "" {
			testing.Init()
			fmt.Fprintln(os.Stderr, work(on))
			os.Exit(3)
		}
	}
	os.Exit(m.Run())
}

// Child is the testing.TB of a process that is to be killed: what goes wrong there ends it.
func Child() testing.TB { return child{} }

type child struct{ testing.TB }

func (child) Helper() {}

func (child) TempDir() string {
	dir, err := os.MkdirTemp("", "kezhi-kill-")
	if err != nil {
		panic(err)
	}
	return dir
}

func (child) Fatal(args ...any) {
	fmt.Fprintln(os.Stderr, args...)
	os.Exit(4)
}

func (child) Fatalf(format string, args ...any) {
	fmt.Fprintf(os.Stderr, format+"\n", args...)
	os.Exit(4)
}

// UntilKilled does the work of a child. It says on standard output how far the work has come, a line for every state it sees while the
// next transactions are under way, and goes on saying so when the work is over: what is killed after some of these lines is killed
// in the middle of something.
func UntilKilled(work func() error, state func() string) error {
	over := make(chan error, 1)
	go func() { over <- work() }()
	for last, ended := "", false; ; {
		select {
		case err := <-over:
			if ended = true; err != nil {
				return err
			}
		default:
		}
		if now := state(); ended || now != last {
			fmt.Println(now)
			last = now
		}
	}
}

// Migrated opens the database of a test that kills processes, with all its tables.
func Migrated(t testing.TB, dsn string) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), dsn, db.Options{Readers: 2})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return d
}

// KillAfter starts this test binary again with one more environment variable (variable: name=value), by which Main knows that it is
// the child; kills it after n lines of its standard output; and gives every whole line the child wrote.
func KillAfter(t *testing.T, variable string, n int) (lines []string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), variable)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	in := bufio.NewReader(out)
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			break // half a line was never acknowledged
		}
		if lines = append(lines, line[:len(line)-1]); len(lines) == n {
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	_ = cmd.Wait()
	if len(lines) < n {
		t.Fatalf("the child ended by itself after %d lines: %q", len(lines), cmd.ProcessState.String())
	}
	return lines
}
