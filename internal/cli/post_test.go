package cli

import (
	"strings"
	"testing"
)

// A post is given, listed, refused to whom nobody knows, and ended; who was not appointed cannot be dismissed.
func TestPostsOnTheCommandLine(t *testing.T) {
	data := t.TempDir()
	do := func(code int, want string, args ...string) {
		t.Helper()
		r := run(t, "", append(args, "--data", data)...)
		if r.code != code || !strings.Contains(r.out+r.errOut, want) {
			t.Errorf("%v: exit %d, want %d with %q\n%s%s", args, r.code, code, want, r.out, r.errOut)
		}
	}
	if r := run(t, "a long enough passphrase\n", "user", "add", "linxiao", "--name", "林晓", "--data", data); r.code != exitDone {
		t.Fatalf("exit %d\n%s", r.code, r.errOut)
	}
	do(exitDone, "reception", "user", "post", "appoint", "linxiao", "reception", "--from", "2026-01-01")
	do(exitDone, "linxiao", "user", "post", "list", "--json")
	if r := run(t, "", "user", "post", "appoint", "nobody", "reception", "--data", data); r.code == exitDone {
		t.Errorf("nobody was appointed\n%s", r.out)
	}
	do(exitUsage, "--from", "user", "post", "appoint", "linxiao", "reception", "--from", "soon")
	do(exitUsage, "director", "user", "post", "end", "linxiao", "director")
	do(exitDone, "reception", "user", "post", "end", "linxiao", "reception")
	if r := run(t, "", "user", "post", "list", "--json", "--data", data); r.code != exitDone || strings.Contains(r.out, "linxiao") {
		t.Errorf("still listed: exit %d\n%s", r.code, r.out)
	}
}
