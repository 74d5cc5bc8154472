//go:build crash

// Package crash kills the real server again and again under a mixed load, and looks for what it lost, halved or did twice.
package crash

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"kezhi/internal/dbtest"
)

// number reads a setting of the run from the environment.
func number(t *testing.T, name string, otherwise int) int {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n
}

// KEZHI_CRASH_KILLS are for both databases together; KEZHI_CRASH_SECONDS bound the killing on each.
func TestAcknowledgedWorkSurvivesKills(t *testing.T) {
	kills, limit := number(t, "KEZHI_CRASH_KILLS", 50)/2, time.Duration(number(t, "KEZHI_CRASH_SECONDS", 70))*time.Second
	t.Run("sqlite", func(t *testing.T) { crash(t, "", kills, limit) })
	t.Run("postgres", func(t *testing.T) { crash(t, dbtest.EmptyPostgres(t), kills, limit) })
}

func crash(t *testing.T, dsn string, kills int, limit time.Duration) {
	h := newHouse(t, filepath.Join(t.TempDir(), "data"), dsn)
	end := time.Now().Add(limit)
	done, early := 0, 0
	for ; done < kills && time.Now().Before(end); done++ {
		// One kill in ten comes while the server is still starting.
		if rand.IntN(10) == 0 {
			h.killWhileStarting(t, time.Duration(rand.Int64N(int64(400*time.Millisecond))))
			early++
			continue
		}
		h.killUnderLoad(t, 1+rand.IntN(40), time.Duration(rand.Int64N(int64(40*time.Millisecond))))
	}
	t.Logf("%d kills, %d of them while starting; acknowledged: %d customers, %d uploads, %d imports, %d gradings, %d cases, %d remarks",
		done, early, len(h.acks.customers), len(h.acks.files), len(h.acks.imports), len(h.acks.gradings), len(h.acks.cases), len(h.acks.remarks))
	if done < min(kills, 5) {
		t.Errorf("only %d kills in %v", done, limit)
	}
	h.check(t)
}
