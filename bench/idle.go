package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http/httputil"
	"net/url"
	"os/exec"
	"runtime"
	"slices"
	"syscall"
	"time"

	"kezhi/internal/app"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/demo"
)

// quietFor is how long the measured process is left alone before it counts as idle: it looks every five seconds whether it
// is, and gives memory back at the second look.
const quietFor = 12 * time.Second

// idle measures the memory of a server that nobody asks for anything, before and after use, and what the first page
// after a quiet costs.
func idle(ctx context.Context, o options, r *report, dir string) error {
	if runtime.GOOS != "linux" {
		return nil
	}
	c, ids, err := prepare(ctx, dir)
	if err != nil {
		return err
	}
	p, err := startProcess(ctx, o.bin, dir)
	if err != nil {
		return err
	}
	defer p.stop()
	target, err := url.Parse("http://" + p.address)
	if err != nil {
		return err
	}
	c.handler = httputil.NewSingleHostReverseProxy(target)
	if err := memory(ctx, r, p, "resident memory when idle", ""); err != nil {
		return err
	}
	all := sorts(ids, demo.Generate(full.options()))
	for _, s := range all {
		for n := range 20 {
			if _, _, err := c.get(s.login, s.path(n)); err != nil {
				return err
			}
		}
	}
	used := ", " + short(float64(statusKB(p.cmd.Process.Pid, "VmRSS"))/1000) + " MB while in use"
	for _, s := range []sort{all[1], all[4]} {
		if err := memory(ctx, r, p, "resident memory when idle after use", used); err != nil {
			return err
		}
		if err := c.first(r, s); err != nil {
			return err
		}
	}
	return nil
}

// memory waits until the process is idle and takes its size.
func memory(ctx context.Context, r *report, p *running, name, more string) error {
	if err := wait(ctx, quietFor); err != nil {
		return err
	}
	resident, own := statusKB(p.cmd.Process.Pid, "VmRSS"), statusKB(p.cmd.Process.Pid, "RssAnon")
	r.add(Figure{
		Name: name, Value: float64(resident) / 1000, Unit: "MB", Target: 150,
		Note: short(float64(own)/1000) + " MB of it its own, the rest pages of mapped files" + more,
	})
	return nil
}

// first measures one request after a quiet against the median of those that follow.
func (c *client) first(r *report, s sort) error {
	took, _, err := c.get(s.login, s.path(20))
	if err != nil {
		return err
	}
	warm, _, err := c.times(s, 21, 41)
	if err != nil {
		return err
	}
	slices.Sort(warm)
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	r.add(Figure{
		Name: s.name + ", first after a quiet", Value: ms(took), Unit: "ms", Target: s.target,
		Baseline: ms(warm[len(warm)/2]), BaselineIs: "the median of the next ones",
	})
	return nil
}

// prepare gives people their tokens and calls off what the schedule would do first of all, which for a company whose last
// day was long ago is the planning of months.
func prepare(ctx context.Context, dir string) (c *client, ids []int64, err error) {
	a, err := app.NewAt(ctx, configOf(dir), slog.New(slog.DiscardHandler), clock.System)
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	if c, err = newClient(ctx, a); err != nil {
		return nil, nil, err
	}
	if ids, err = customerIDs(ctx, a.DB); err != nil {
		return nil, nil, err
	}
	if err = a.Runner.Tick(ctx); err != nil {
		return nil, nil, err
	}
	return c, ids, a.DB.InTx(ctx, func(q db.Q) error {
		_, err := q.Exec(ctx, "UPDATE job SET state = 'canceled' WHERE state = 'waiting'")
		return err
	})
}

// running is the built program at work.
type running struct {
	cmd     *exec.Cmd
	address string
	ready   time.Duration // from its start until it said that it is ready
}

// startProcess runs the server on a free port until it is ready.
func startProcess(ctx context.Context, bin, dir string) (*running, error) {
	address, err := freeAddress(ctx)
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, bin, "serve", "--data", dir, "--listen", address) //nolint:gosec // the program under test
	cmd.Stdout, cmd.Stderr = io.Discard, io.Discard
	p := &running{cmd: cmd, address: address}
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	if err := waitReady(ctx, "http://"+address+"/readyz", began.Add(20*time.Second)); err != nil {
		p.stop()
		return nil, err
	}
	p.ready = time.Since(began)
	return p, nil
}

// stop ends the server as a service manager does and waits for it.
func (p *running) stop() {
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	_ = p.cmd.Wait()
}

func wait(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
