package backup_test

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
	"testing"

	"kezhi/internal/audit"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
)

// postgres is a server of its own that archives its WAL, for going back to a moment as docs/operations.md says.
type postgres struct {
	t    *testing.T
	dir  string
	bin  string
	attr *syscall.SysProcAttr
	port int
}

func newPostgres(t *testing.T) *postgres {
	t.Helper()
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(found) == 0 || os.Getenv(dbtest.URLVariable) == "" {
		t.Skip("no PostgreSQL: run through `go run ./test/withpg -- go test ./...` (make test does)")
	}
	slices.Sort(found)
	p := &postgres{t: t, bin: filepath.Dir(found[len(found)-1])}
	if p.dir, err = os.MkdirTemp("", "kezhi-pitr-"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(p.dir) })
	if os.Geteuid() == 0 {
		u, err := user.Lookup("postgres")
		if err != nil {
			t.Skip("running as root without a user postgres")
		}
		uid, err1 := strconv.Atoi(u.Uid)
		gid, err2 := strconv.Atoi(u.Gid)
		if err1 != nil || err2 != nil || os.Chown(p.dir, uid, gid) != nil {
			t.Fatalf("the user postgres: %v, %v", err1, err2)
		}
		p.attr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p.port = l.Addr().(*net.TCPAddr).Port
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	p.run("initdb", "-D", p.dir+"/data", "-U", "kezhi", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
	p.run("sh", "-c", "mkdir "+p.dir+"/wal")
	return p
}

// run runs a program of the server as its user.
func (p *postgres) run(name string, args ...string) {
	p.t.Helper()
	path := filepath.Join(p.bin, name)
	if _, err := os.Stat(path); err != nil {
		path = name
	}
	cmd := exec.Command(path, args...)
	cmd.SysProcAttr, cmd.Dir = p.attr, p.dir
	log, err := os.Create(filepath.Join(p.dir, "out"))
	if err != nil {
		p.t.Fatal(err)
	}
	defer log.Close()
	// A file and not a pipe: the server that pg_ctl starts would keep a pipe open.
	cmd.Stdout, cmd.Stderr = log, log
	if err := cmd.Run(); err != nil {
		text, _ := os.ReadFile(log.Name())
		p.t.Fatalf("%s: %v\n%s", name, err, text)
	}
}

func (p *postgres) start(data string) {
	p.t.Helper()
	options := fmt.Sprintf("-h 127.0.0.1 -p %d -k %s -c fsync=off -c wal_level=replica -c archive_mode=on -c archive_command='test ! -f %s/wal/%%f && cp %%p %s/wal/%%f'",
		p.port, p.dir, p.dir, p.dir)
	p.run("pg_ctl", "-D", filepath.Join(p.dir, data), "-w", "-t", "120", "-l", p.dir+"/log-"+data, "-o", options, "start")
}

func (p *postgres) stop(data string) {
	p.t.Helper()
	p.run("pg_ctl", "-D", filepath.Join(p.dir, data), "-w", "-m", "fast", "stop")
}

func (p *postgres) open() *db.DB {
	p.t.Helper()
	d, err := db.Open(ctx, fmt.Sprintf("postgres://kezhi@127.0.0.1:%d/postgres", p.port), db.Options{Readers: 2})
	if err != nil {
		p.t.Fatal(err)
	}
	return d
}

// A physical base and the WAL since bring back any moment between: what was there then is there whole, what came after is not.
func TestPostgresGoesBackToAMoment(t *testing.T) {
	p := newPostgres(t)
	p.start("data")
	d := p.open()
	if _, err := d.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	h := &house{db: d}
	note := func(from, upto int) {
		t.Helper()
		for i := from; i < upto; i++ {
			if err := h.note(i); err != nil {
				t.Fatal(err)
			}
		}
	}
	note(0, 5)
	p.run("pg_basebackup", "-D", p.dir+"/base", "-h", "127.0.0.1", "-p", strconv.Itoa(p.port), "-U", "kezhi", "-X", "stream", "-c", "fast")
	note(5, 12)
	before, err := audit.Verify(ctx, d.Read())
	if err != nil {
		t.Fatal(err)
	}
	var moment string
	if err := db.Get(ctx, d.Read(), "SELECT CAST(clock_timestamp() AS TEXT)", nil, &moment); err != nil {
		t.Fatal(err)
	}
	note(12, 20)
	var segment string
	if err := db.Get(ctx, d.Read(), "SELECT CAST(pg_switch_wal() AS TEXT)", nil, &segment); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	p.stop("data")
	settings := fmt.Sprintf("restore_command = 'cp %s/wal/%%f %%p'\nrecovery_target_time = '%s'\nrecovery_target_action = 'promote'\n", p.dir, moment)
	p.run("sh", "-c", fmt.Sprintf("cat >> %s/base/postgresql.conf <<'END'\n%sEND\ntouch %s/base/recovery.signal", p.dir, settings, p.dir))
	p.start("base")
	defer p.stop("base")
	d = p.open()
	defer d.Close()
	after, err := audit.Verify(ctx, d.Read())
	if err != nil || after != before {
		t.Fatalf("%+v, want %+v, %v", after, before, err)
	}
	var rows int64
	if err := db.Get(ctx, d.Read(), "SELECT COUNT(*) FROM setting WHERE name LIKE 'n0%'", nil, &rows); err != nil || rows != 12 {
		t.Errorf("%d rows, %v", rows, err)
	}
}
