package dbtest

import (
	"bufio"
	"os"
	"os/exec"
	"testing"
)

// KillAfter starts this test binary again with one more environment variable (variable: name=value), by which its TestMain knows that it is
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
