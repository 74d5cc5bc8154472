// Command withpg starts a PostgreSQL server from the system's binaries on a free loopback port in a temporary folder,
// runs the command given after "--" with KEZHI_TEST_POSTGRES set to its address, and removes everything afterwards.
// When the variable is set already, it only runs the command.
package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const variable = "KEZHI_TEST_POSTGRES"

func main() {
	code, err := run(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "withpg:", err)
		os.Exit(1)
	}
	os.Exit(code)
}

func run(args []string) (code int, err error) {
	if i := slices.Index(args, "--"); i >= 0 {
		args = args[i+1:]
	}
	if len(args) == 0 {
		return 0, errors.New("usage: withpg -- COMMAND [ARG ...]")
	}
	if os.Getenv(variable) == "" {
		address, stop, err := start()
		if err != nil {
			return 0, err
		}
		defer stop()
		if err := os.Setenv(variable, address); err != nil {
			return 0, err
		}
	}
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer cancel()
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	err = cmd.Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return max(exit.ExitCode(), 1), nil
	}
	return 0, err
}

// binary finds a server program: on the PATH or where Debian and others keep it.
func binary(name string) (string, error) {
	if p, err := exec.LookPath(name); err == nil {
		return p, nil
	}
	for _, pattern := range []string{"/usr/lib/postgresql/*/bin/", "/usr/pgsql-*/bin/", "/opt/homebrew/opt/postgresql*/bin/"} {
		found, _ := filepath.Glob(pattern + name)
		slices.Sort(found)
		if len(found) > 0 {
			return found[len(found)-1], nil
		}
	}
	return "", fmt.Errorf("%s was not found. Install PostgreSQL 15 or newer: apt-get install -y postgresql", name)
}

// start runs initdb and the server. PostgreSQL refuses to run as root, so root hands over to the user postgres or nobody.
func start() (address string, stop func(), err error) {
	initdb, err := binary("initdb")
	if err != nil {
		return "", nil, err
	}
	postgres, err := binary("postgres")
	if err != nil {
		return "", nil, err
	}
	dir, err := os.MkdirTemp("", "kezhi-pg-")
	if err != nil {
		return "", nil, err
	}
	clean := func() { _ = os.RemoveAll(dir) }
	attr, err := unprivileged(dir)
	if err != nil {
		clean()
		return "", nil, err
	}
	data := filepath.Join(dir, "data")
	create := exec.Command(initdb, "-D", data, "-U", "kezhi", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
	create.SysProcAttr, create.Dir = attr, dir
	if out, err := create.CombinedOutput(); err != nil {
		clean()
		return "", nil, fmt.Errorf("initdb: %w\n%s", err, out)
	}
	port, err := freePort()
	if err != nil {
		clean()
		return "", nil, err
	}
	log, err := os.Create(filepath.Join(dir, "log"))
	if err != nil {
		clean()
		return "", nil, err
	}
	server := exec.Command(postgres, "-D", data, "-h", "127.0.0.1", "-p", strconv.Itoa(port), "-k", dir,
		"-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off", "-c", "max_connections=300", "-c", "shared_buffers=256MB")
	server.SysProcAttr, server.Dir, server.Stdout, server.Stderr = attr, dir, log, log
	if err := server.Start(); err != nil {
		clean()
		return "", nil, err
	}
	stop = func() {
		_ = server.Process.Signal(syscall.SIGINT) // fast shutdown
		_ = server.Wait()
		_ = log.Close()
		clean()
	}
	if err := waitFor(port, 30*time.Second); err != nil {
		text, _ := os.ReadFile(log.Name())
		stop()
		return "", nil, fmt.Errorf("the server did not start: %w\n%s", err, strings.TrimSpace(string(text)))
	}
	return fmt.Sprintf("postgres://kezhi@127.0.0.1:%d/postgres?sslmode=disable", port), stop, nil
}

func unprivileged(dir string) (*syscall.SysProcAttr, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err1 := strconv.Atoi(u.Uid)
		gid, err2 := strconv.Atoi(u.Gid)
		if err := errors.Join(err1, err2, os.Chown(dir, uid, gid)); err != nil {
			return nil, err
		}
		return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, nil
	}
	return nil, errors.New("running as root, and there is neither a user postgres nor nobody to run the server as")
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer func() { _ = l.Close() }()
	return l.Addr().(*net.TCPAddr).Port, nil
}

// waitFor waits until the server answers a start-up packet, not only until the port is open.
func waitFor(port int, limit time.Duration) error {
	var err error
	for end := time.Now().Add(limit); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		var c net.Conn
		if c, err = net.DialTimeout("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)), time.Second); err != nil {
			continue
		}
		_, err = c.Write([]byte{0, 0, 0, 8, 4, 210, 22, 47}) // SSLRequest: a ready server answers S or N
		answer := make([]byte, 1)
		if err == nil {
			_, err = c.Read(answer)
		}
		_ = c.Close()
		if err == nil {
			return nil
		}
	}
	return err
}
