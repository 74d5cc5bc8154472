package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
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
	for range 3 {
		p, err := startProcess(ctx, o.bin, dir)
		if err != nil {
			return err
		}
		p.stop()
		ready = append(ready, p.ready)
	}
	r.add(Figure{
		Name: "process start to ready, slowest of 3", Value: slices.Max(ready).Seconds(), P50: slices.Min(ready).Seconds(), Unit: "s", Target: 1,
	})
	return idle(ctx, o, r, dir)
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
