package visit

import (
	"testing"
	"time"

	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/duty"
)

// Who was there in time is not late because the report came later, whether or not the daily job has called the duty missed.
func TestCheckedInInTimeIsNotLate(t *testing.T) {
	for name, c := range map[string]struct {
		planned, arrived, reported string // days of March
		daily                      bool   // the daily job has seen the duty's day pass
		want                       duty.State
	}{
		"on its day, reported the next":         {"02", "06", "07", false, duty.Kept},
		"before its day, called missed already": {"02", "05", "09", true, duty.Kept},
		"a day late":                            {"02", "07", "07", false, duty.Late},
		"planned afterwards, moment said":       {"09", "06", "09", true, duty.Late},
	} {
		t.Run(name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				h := newHouse(t, d)
				at := func(day string, hour int) time.Time {
					return time.Date(2026, 3, int(day[0]-'0')*10+int(day[1]-'0'), hour, 0, 0, 0, shanghai)
				}
				h.at = at(c.planned, 9)
				v := h.plan(li, NewVisit{CustomerID: c1East, DutyID: dVisit, Input: Input{On: day3(t, "2026-03-06"), Purpose: "拜访"}})
				if c.arrived > c.planned {
					h.at = at(c.arrived, 15)
				}
				v = h.do(li, v, Step{Act: ActArrive, At: at(c.arrived, 15).UnixMicro()})
				h.at = at(c.reported, 18)
				if c.daily {
					dbtest.Exec(t, d, "UPDATE duty SET state = 'missed' WHERE id = ?", dVisit)
				}
				h.do(li, v, Step{Act: ActReport, Report: "谈妥"})
				got, err := h.duties.Get(as(li), dVisit)
				if err != nil || got.State != c.want || got.DoneOn.String() != "2026-03-"+c.arrived {
					t.Errorf("%s on %s, want %s: %v", got.State, got.DoneOn, c.want, err)
				}
			})
		})
	}
}
