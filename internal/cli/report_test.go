package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestComplaintStatisticsOnTheCommandLine(t *testing.T) {
	data, dir := t.TempDir(), t.TempDir()
	for format, begins := range map[string]string{"xlsx": "PK", "pdf": "%PDF"} {
		path := filepath.Join(dir, "statistics."+format)
		r := run(t, "", "report", "complaints", "--month", "2026-03", "--data", data, "--format", format, "--output", path)
		got, err := os.ReadFile(path)
		if r.code != exitDone || err != nil || !bytes.HasPrefix(got, []byte(begins)) {
			t.Errorf("%s: exit %d, %v\n%s", format, r.code, err, r.errOut)
		}
	}
	r := run(t, "", "report", "complaints", "--month", "2026-03", "--data", data, "--format", "json")
	if r.code != exitDone || !strings.Contains(r.out, `"month":"2026-03","from":"2026-03-01","to":"2026-03-31"`) {
		t.Errorf("exit %d\n%s%s", r.code, r.out, r.errOut)
	}
	for _, args := range [][]string{{"--month", "2026-3"}, {"--month", "2026-03", "--format", "doc"}, {"--month", "2026-03", "--repeat-days", "400"}} {
		if r := run(t, "", append([]string{"report", "complaints", "--data", data}, args...)...); r.code == exitDone || r.errOut == "" {
			t.Errorf("%v: exit %d", args, r.code)
		}
	}
}
