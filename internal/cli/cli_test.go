package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"kezhi/internal/db"
	"kezhi/internal/errs"
)

type result struct {
	code        int
	out, errOut string
}

// run executes one command line in this process, in English unless it says otherwise.
func run(t *testing.T, input string, args ...string) result {
	t.Helper()
	t.Setenv("KEZHI_LANG", "en")
	t.Setenv("KEZHI_DATA", "")
	t.Setenv("KEZHI_DB", "")
	var out, errOut bytes.Buffer
	code := Run(t.Context(), args, strings.NewReader(input), &out, &errOut)
	return result{code, out.String(), errOut.String()}
}

var han = regexp.MustCompile(`\p{Han}`)

// Every command, found by walking the tree, explains itself in the language asked for, and only in that one.
func TestHelpOfEveryCommandInBothLanguages(t *testing.T) {
	t.Setenv("XDG_DATA_HOME", "/srv")
	for _, l := range []lang{"zh", "en"} {
		root := (&command{lang: l, out: io.Discard, err: io.Discard}).root()
		seen := 0
		var walk func(cmd *cobra.Command)
		walk = func(cmd *cobra.Command) {
			for _, sub := range cmd.Commands() {
				if sub.IsAvailableCommand() {
					walk(sub)
				}
			}
			seen++
			path := strings.Fields(cmd.CommandPath())[1:]
			r := run(t, "", append(path, "--help", "--lang", string(l))...)
			if r.code != exitDone || r.errOut != "" || r.out == "" {
				t.Errorf("%s: exit %d, %q", cmd.CommandPath(), r.code, r.errOut)
			}
			if cmd.Short == "" || han.MatchString(cmd.Short) != (l == "zh") {
				t.Errorf("%s --lang %s: %q", cmd.CommandPath(), l, cmd.Short)
			}
			if found := han.FindString(r.out); (found != "") != (l == "zh") {
				t.Errorf("%s --lang %s has %q in its help:\n%s", cmd.CommandPath(), l, found, r.out)
			}
			cmd.LocalFlags().VisitAll(func(f *pflag.Flag) {
				if !f.Hidden && han.MatchString(f.Usage) != (l == "zh") {
					t.Errorf("%s --%s --lang %s: %q", cmd.CommandPath(), f.Name, l, f.Usage)
				}
			})
		}
		walk(root)
		if seen < 20 {
			t.Fatalf("only %d commands were found", seen)
		}
	}
}

func TestTheCommandsOfTheContractExist(t *testing.T) {
	root := (&command{lang: "en"}).root()
	for _, line := range []string{
		"serve", "demo", "import", "grade", "rulebook check", "rulebook test", "rulebook simulate", "rulebook adopt", "rulebook explain", "user add", "migrate", "backup", "restore", "version",
	} {
		if cmd, rest, err := root.Find(strings.Fields(line)); err != nil || len(rest) != 0 || cmd.CommandPath() != "kezhi "+line {
			t.Errorf("%s: %v %v", line, rest, err)
		}
	}
}

func TestWrongUsageIsCodeTwo(t *testing.T) {
	for _, line := range []string{
		"nonsense", "--nonsense", "version --nonsense", "version extra", "rulebook nonsense", "user nonsense", "user add", "backup a b", "restore",
		"migrate --status=perhaps", "--lang fr version", "version --lang", "import orders", "import nonsense x.csv", "serve --listen",
	} {
		r := run(t, "", append(strings.Fields(line), "--data", filepath.Join(t.TempDir(), "d"))...)
		if strings.HasSuffix(line, "--lang") || strings.HasSuffix(line, "--listen") {
			r = run(t, "", strings.Fields(line)...) // the last flag lacks its value
		}
		if r.code != exitUsage || r.out != "" || r.errOut == "" {
			t.Errorf("%s: exit %d, out %q, err %q", line, r.code, r.out, r.errOut)
		}
	}
}

// A refused input says what, where and what to do, on standard error, and leaves no data folder's content behind.
func TestBadInputIsCodeTwo(t *testing.T) {
	dir := t.TempDir()
	put := func(name, content string) string {
		p := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(p), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return p
	}
	for name, c := range map[string]struct {
		args []string
		says string
	}{
		"damaged database":   {[]string{"verify", "--data", dir, "--db", put("damaged.db", strings.Repeat("not a database ", 600))}, "damaged"},
		"absent database":    {[]string{"migrate", "--status", "--data", filepath.Join(dir, "absent")}, "absent"},
		"broken settings":    {[]string{"verify", "--data", filepath.Dir(put("set/kezhi.yaml", "workers: many\n"))}, "kezhi.yaml"},
		"settings out range": {[]string{"verify", "--data", filepath.Dir(put("range/kezhi.yaml", "workers: 0\n"))}, "workers"},
		"not a backup":       {[]string{"restore", put("b.tar.gz", "x"), "--data", filepath.Join(dir, "r")}, "b.tar.gz"},
		"no such backup":     {[]string{"restore", filepath.Join(dir, "none.gz"), "--data", filepath.Join(dir, "r")}, "none.gz"},
		"no password":        {[]string{"user", "add", "linxiao", "--data", filepath.Join(dir, "u")}, "password"},
		"no such rulebook":   {[]string{"rulebook", "check", filepath.Join(dir, "nothing")}, "nothing"},
	} {
		r := run(t, "", c.args...)
		if r.code != exitUsage || r.out != "" || !strings.Contains(r.errOut, c.says) || strings.Contains(r.errOut, "{{") {
			t.Errorf("%s: exit %d, out %q, err %q", name, r.code, r.out, r.errOut)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "r")); !errors.Is(err, os.ErrNotExist) {
		t.Error("a refused restore left a folder")
	}
}

// With --json the answer is one JSON value and the only thing on standard output.
func TestJSONIsAloneOnStandardOutput(t *testing.T) {
	data, restored := filepath.Join(t.TempDir(), "data"), filepath.Join(t.TempDir(), "restored")
	archive := filepath.Join(t.TempDir(), "a.tar.gz")
	for _, c := range []struct {
		input string
		args  []string
		has   string
	}{
		{"", []string{"version"}, "version"},
		{"", []string{"migrate", "--data", data}, "applied"},
		{"", []string{"migrate", "--status", "--data", data}, "newest"},
		{"a long enough passphrase\n", []string{"user", "add", "linxiao", "--name", "林晓", "--data", data}, "login"},
		{"", []string{"user", "list", "--data", data}, ""},
		{"", []string{"verify", "--data", data}, "ok"},
		{"", []string{"backup", archive, "--data", data}, "manifest"},
		{"", []string{"restore", archive, "--data", restored}, "manifest"},
		{"", []string{"verify", "--data", restored, "--verbose"}, "entries"},
		{"", []string{"rulebook", "check", "dealer-annual-grading"}, "problems"},
		{"", []string{"rulebook", "test", "dealer-annual-grading"}, "passed"},
	} {
		r := run(t, c.input, append(c.args, "--json")...)
		line := strings.Join(c.args, " ")
		d := json.NewDecoder(strings.NewReader(r.out))
		var v any
		if err := d.Decode(&v); err != nil || r.code != exitDone {
			t.Fatalf("%s: exit %d, %v, out %q, err %q", line, r.code, err, r.out, r.errOut)
		}
		if err := d.Decode(new(any)); err != io.EOF {
			t.Errorf("%s: something follows the answer: %v", line, err)
		}
		if m, ok := v.(map[string]any); c.has != "" && (!ok || m[c.has] == nil) {
			t.Errorf("%s: %s lacks %q", line, r.out, c.has)
		}
		if han.MatchString(r.errOut) {
			t.Errorf("%s remarks in another language: %s", line, r.errOut)
		}
	}
	if r := run(t, "", "restore", archive, "--data", restored, "--json"); r.code != exitUsage || r.out != "" || !strings.Contains(r.errOut, restored) {
		t.Errorf("over an installation: %+v", r)
	}
	if r := run(t, "", "user", "password", "nobody", "--data", data); r.code != exitUsage {
		t.Errorf("no such user: %+v", r)
	}
}

func TestExitCodesOfErrors(t *testing.T) {
	for name, c := range map[string]struct {
		err  error
		code int
	}{
		"nothing":       {nil, exitDone},
		"our fault":     {io.ErrUnexpectedEOF, exitFailed},
		"reported":      {errReported, exitFailed},
		"interrupted":   {context.Canceled, exitFailed},
		"unreachable":   {errs.New(errs.Unavailable, "db.unreachable"), exitFailed},
		"disk full":     {errs.New(errs.Unavailable, "db.disk_full"), exitUsage},
		"damaged":       {errs.New(errs.Unavailable, "db.damaged"), exitUsage},
		"locked":        {errs.New(errs.Unavailable, "db.locked"), exitUsage},
		"newer":         {errs.New(errs.Invalid, "db.newer_than_program", "have", 9, "known", 5), exitUsage},
		"not there":     {db.ErrNoRows, exitUsage},
		"wrong usage":   {usageError{"x"}, exitUsage},
		"joined inputs": {errors.Join(errs.New(errs.Invalid, "file.empty"), io.ErrClosedPipe), exitUsage},
	} {
		var out, errOut bytes.Buffer
		cmd := &command{lang: "en", out: &out, err: &errOut}
		if code := cmd.exit(c.err); code != c.code || out.Len() != 0 || (c.err != nil && !errors.Is(c.err, errReported) && errOut.Len() == 0) {
			t.Errorf("%s: exit %d, out %q, err %q", name, code, &out, &errOut)
		}
	}
}

func TestLanguage(t *testing.T) {
	for _, c := range []struct {
		args                 []string
		kezhi, lcAll, system string
		want                 lang
	}{
		{nil, "", "", "", "zh"},
		{nil, "", "", "en_US.UTF-8", "en"},
		{nil, "", "en_GB", "zh_CN", "en"},
		{nil, "zh", "en_GB", "en_US", "zh"},
		{[]string{"--lang", "en"}, "zh", "", "zh_CN", "en"},
		{[]string{"version", "--lang=zh-Hans"}, "en", "", "", "zh"},
		{[]string{"--", "--lang", "en"}, "zh", "", "", "zh"},
	} {
		t.Setenv("KEZHI_LANG", c.kezhi)
		t.Setenv("LC_ALL", c.lcAll)
		t.Setenv("LC_MESSAGES", "")
		t.Setenv("LANG", c.system)
		if got, err := language(c.args); err != nil || got != c.want {
			t.Errorf("%v with %q %q %q: %s, %v", c.args, c.kezhi, c.lcAll, c.system, got, err)
		}
	}
	if _, err := language([]string{"--lang", "fr"}); err == nil {
		t.Error("an unknown language was taken")
	}
}
