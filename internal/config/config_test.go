package config_test

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"kezhi/internal/config"
	"kezhi/internal/errs"
	"kezhi/internal/words"
)

// clean removes what the machine's own environment says about kezhi.
func clean(t *testing.T) {
	t.Helper()
	for _, name := range []string{"KEZHI_DATA", "KEZHI_DB", "KEZHI_LISTEN", "KEZHI_TIMEZONE", "KEZHI_LOG_LEVEL", "KEZHI_TLS_CERT", "KEZHI_TLS_KEY"} {
		t.Setenv(name, "")
	}
}

func folder(t *testing.T, yaml string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "kezhi.yaml"), []byte(yaml), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestPrecedence(t *testing.T) {
	clean(t)
	empty := t.TempDir()
	c, err := config.Load(empty)
	want := config.Default()
	want.Data = empty
	// Limits hold for an installation that is served; whoever builds one without a file and by a clock of its own has none.
	if c.RateLimits.Person.PerSecond <= 0 || c.RateLimits.Token.Burst <= 0 || c.RateLimits.Address.PerSecond <= 0 {
		t.Fatalf("no limits: %+v", c.RateLimits)
	}
	want.RateLimits = c.RateLimits
	if err != nil || !reflect.DeepEqual(c, want) || c.Validate() != nil || c.Database() != filepath.Join(empty, "kezhi.db") {
		t.Fatalf("defaults: %+v, %v, %v", c, err, c.Validate())
	}
	dir := folder(t, "listen: 0.0.0.0:9000\ntimezone: Asia/Urumqi\nworkers: 5\nrelaxed_sync: true\nupload_mb: 7\n")
	if c, err = config.Load(dir); err != nil || c.Listen != "0.0.0.0:9000" || c.Workers != 5 || !c.Relaxed || c.UploadMB != 7 || c.StopSeconds != want.StopSeconds || c.LogLevel != "info" {
		t.Fatalf("the file over the defaults: %+v, %v", c, err)
	}
	t.Setenv("KEZHI_LISTEN", "127.0.0.1:9001")
	t.Setenv("KEZHI_DB", "postgres://kezhi@localhost/kezhi")
	t.Setenv("KEZHI_DATA", dir)
	if c, err = config.Load(""); err != nil || c.Data != dir || c.Listen != "127.0.0.1:9001" || c.Timezone != "Asia/Urumqi" || c.Database() != "postgres://kezhi@localhost/kezhi" {
		t.Fatalf("the environment over the file: %+v, %v", c, err)
	}
	if c, err = config.Load(empty); err != nil || c.Data != empty || c.Timezone != want.Timezone {
		t.Fatalf("the flag over the environment: %+v, %v", c, err)
	}
}

// The list of servers in the house holds for every way out, and one's own limits take the place of the usual ones.
func TestWaysOutAndLimits(t *testing.T) {
	clean(t)
	dir := folder(t, "outbound: {allow: [mail.corp.example, 10.1.0.0/16]}\nrate_limits: {person: {per_second: 5, burst: 9}, address: {per_second: 0}}\n")
	c, err := config.Load(dir)
	if err != nil || c.Validate() != nil || len(c.Outbound.Allow) != 2 || !reflect.DeepEqual(c.Channels.Outbound, c.Outbound) || !reflect.DeepEqual(c.Backup.S3.Outbound, c.Outbound) {
		t.Fatalf("%+v, %v, %v", c, err, c.Validate())
	}
	if r := c.RateLimits; r.Person.PerSecond != 5 || r.Person.Burst != 9 || r.Address.PerSecond != 0 || r.Token.PerSecond <= 0 {
		t.Fatalf("%+v", r)
	}
	t.Setenv("KEZHI_OUTBOUND_ALLOW", "a.example,https://b.example")
	if c, err = config.Load(dir); err != nil || len(c.Channels.Outbound.Allow) != 2 || c.Validate() == nil {
		t.Fatalf("%+v, %v", c.Outbound, err)
	}
}

func TestTheDataFolderFollowsTheSystem(t *testing.T) {
	t.Setenv("HOME", "/home/somebody")
	t.Setenv("XDG_DATA_HOME", "/srv/data")
	if got := config.DefaultData(); got != filepath.Join("/srv/data", "kezhi") {
		t.Errorf("%s", got)
	}
	t.Setenv("XDG_DATA_HOME", "")
	if got := config.DefaultData(); !strings.HasPrefix(got, "/home/somebody") || filepath.Base(got) != "kezhi" {
		t.Errorf("%s", got)
	}
}

// A wrong file names itself and the place; nothing of it is half taken.
func TestAWrongFileNamesThePlace(t *testing.T) {
	clean(t)
	for name, c := range map[string]struct{ yaml, place string }{
		"unknown name":   {"workers: 2\nlistenn: x\n", "[2:1]"},
		"wrong type":     {"listen: x:1\n\nworkers: many\n", "[3:10]"},
		"not YAML":       {"listen: [\n", "[1:9]"},
		"the data moved": {"data: elsewhere\n", "[1:1]"},
	} {
		dir := folder(t, c.yaml)
		_, err := config.Load(dir)
		e, ok := errs.As(err)
		if !ok || e.Code != "config.file" || e.Kind != errs.Invalid || e.Args["path"] != filepath.Join(dir, "kezhi.yaml") {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if problem, _ := e.Args["problem"].(string); !strings.Contains(problem, c.place) {
			t.Errorf("%s: %q does not say %s", name, problem, c.place)
		}
	}
	for name, yaml := range map[string]string{"empty": "", "remarks only": "# nothing here\n"} {
		if c, err := config.Load(folder(t, yaml)); err != nil || c.Listen != config.Default().Listen {
			t.Errorf("%s: %+v, %v", name, c, err)
		}
	}
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "kezhi.yaml"), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := config.Load(dir); errs.CodeOf(err) != "config.file" {
		t.Errorf("a folder in its place: %v", err)
	}
}

func TestValidateReportsAllAtOnce(t *testing.T) {
	bad := config.Config{Listen: "nowhere", Timezone: "Mars/Base", TLSCert: "x.pem", LogLevel: "loud", Workers: 65, StopSeconds: -1}
	e, ok := errs.As(bad.Validate())
	if !ok || e.Kind != errs.Invalid {
		t.Fatalf("%v", bad.Validate())
	}
	var paths []string
	for _, f := range e.Fields {
		paths = append(paths, f.Path)
		if !words.Known("zh", f.Code) || !words.Known("en", f.Code) {
			t.Errorf("%s has no sentence", f.Code)
		}
	}
	if got := strings.Join(paths, " "); got != "timezone listen tls_key upload_mb workers stop_seconds log_level" {
		t.Errorf("wrong: %s", got)
	}
	for listen, fine := range map[string]bool{
		"127.0.0.1:8080": true, ":0": true, "[::1]:80": true, "host:65535": true, "host": false, "host:": false, "host:65536": false, "host:http2": false, "host:-1": false, "::1:80": false,
	} {
		c := config.Default()
		if c.Listen = listen; (c.Validate() == nil) != fine {
			t.Errorf("%q: %v", listen, c.Validate())
		}
	}
}

func TestThePasswordIsNotShown(t *testing.T) {
	for dsn, want := range map[string]string{
		"postgres://kezhi:hunter2@db.example:5432/kezhi?sslmode=require": "postgres://…@db.example:5432/kezhi",
		"postgres://kezhi:hun@ter2@db.example/kezhi":                     "postgres://…@db.example/kezhi",
		"postgres://db.example/kezhi?user=kezhi&password=hunter2":        "postgres://db.example/kezhi",
		"/srv/kezhi@home/kezhi.db":                                       "/srv/kezhi@home/kezhi.db",
	} {
		c := config.Default()
		c.DB = dsn
		if got := c.String(); strings.Contains(got, "hun") || strings.Contains(got, "ter2") || !strings.Contains(got, "db="+want+" ") {
			t.Errorf("%s is shown as %s", dsn, got)
		}
	}
}

func TestLocation(t *testing.T) {
	c := config.Default()
	if got := c.Location().String(); got != "Asia/Shanghai" {
		t.Errorf("%s", got)
	}
	c.Timezone = "Mars/Base"
	if c.Location() != time.UTC {
		t.Error("an unknown zone is refused by Validate and must not stop anything here")
	}
}
