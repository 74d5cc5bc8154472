package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// process measures the built program: from its start until it says that it is ready, and its memory once it is idle.
func process(ctx context.Context, o options, r *report) error {
	if _, err := os.Stat(o.bin); err != nil {
		r.skip("start-up and memory", "no "+o.bin+" (make build)")
		return nil
	}
	dir, remove, err := copyOfCompany(ctx, o, r)
	if err != nil {
		return err
	}
	defer remove()
	var ready []time.Duration
	var resident, own int64
	for range 3 {
		took, kb, anonymous, err := startOnce(ctx, o.bin, dir)
		if err != nil {
			return err
		}
		ready, resident, own = append(ready, took), max(resident, kb), max(own, anonymous)
	}
	best, worst := ready[0], ready[0]
	for _, d := range ready {
		best, worst = min(best, d), max(worst, d)
	}
	r.add(Figure{Name: "process start to ready, slowest of 3", Value: worst.Seconds(), P50: best.Seconds(), Unit: "s", Target: 1})
	if runtime.GOOS == "linux" {
		r.add(Figure{
			Name: "resident memory when idle, largest of 3", Value: float64(resident) / 1000, Unit: "MB", Target: 150,
			Note: short(float64(own)/1000) + " MB of it its own, the rest pages of mapped files",
		})
	}
	return nil
}

// startOnce runs the server on a free port until it is ready and has been idle for a while, and stops it.
func startOnce(ctx context.Context, bin, dir string) (ready time.Duration, residentKB, ownKB int64, err error) {
	address, err := freeAddress(ctx)
	if err != nil {
		return 0, 0, 0, err
	}
	cmd := exec.CommandContext(ctx, bin, "serve", "--data", dir, "--listen", address) //nolint:gosec // the program under test
	cmd.Stdout, cmd.Stderr = io.Discard, io.Discard
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return 0, 0, 0, err
	}
	defer func() {
		err = errors.Join(err, cmd.Process.Signal(syscall.SIGTERM))
		_ = cmd.Wait()
	}()
	if err := waitReady(ctx, "http://"+address+"/readyz", began.Add(20*time.Second)); err != nil {
		return 0, 0, 0, err
	}
	ready = time.Since(began)
	// The first seconds belong to the schedule, which plans the day; after them the process is idle.
	select {
	case <-time.After(12 * time.Second):
	case <-ctx.Done():
		return 0, 0, 0, ctx.Err()
	}
	if runtime.GOOS != "linux" {
		return ready, 0, 0, nil
	}
	return ready, statusKB(cmd.Process.Pid, "VmRSS"), statusKB(cmd.Process.Pid, "RssAnon"), nil
}

// statusKB reads a size from the kernel's account of a process; 0 where it is not given.
func statusKB(pid int, name string) int64 {
	text := procValue("/proc/"+strconv.Itoa(pid)+"/status", name)
	n, err := strconv.ParseInt(strings.TrimSuffix(text, " kB"), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

func freeAddress(ctx context.Context) (string, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

func waitReady(ctx context.Context, url string, until time.Time) error {
	client := http.Client{Timeout: time.Second}
	t := time.NewTicker(2 * time.Millisecond)
	defer t.Stop()
	for time.Now().Before(until) {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, http.NoBody)
		if err != nil {
			return err
		}
		if resp, err := client.Do(req); err == nil {
			_ = resp.Body.Close()
			if resp.StatusCode == http.StatusOK {
				return nil
			}
		}
		select {
		case <-t.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return fmt.Errorf("%s does not say that it is ready", url)
}
