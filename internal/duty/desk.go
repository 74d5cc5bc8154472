package duty

import (
	"context"

	"kezhi/internal/calendar"
	"kezhi/internal/db"
)

// desk holds the diaries of those who owe something while a rulebook is planned. Its size follows from the people and the days, not
// from the customers.
type desk struct {
	diaries map[int64]*Diary
	away    map[int64][]Away
}

// openDesk reads what everybody has to do from today on, and who is away.
func openDesk(ctx context.Context, q db.Q, today calendar.Date) (*desk, error) {
	away, err := awayFrom(ctx, q, today)
	if err != nil {
		return nil, err
	}
	d := &desk{diaries: map[int64]*Diary{}, away: away}
	return d, eachLoad(ctx, q, today, func(userID int64, day calendar.Date, n int) { d.of(userID).Add(day, n) })
}

// of gives the diary of a person; nil for nobody.
func (d *desk) of(userID int64) *Diary {
	if userID == 0 {
		return nil
	}
	one := d.diaries[userID]
	if one == nil {
		one = NewDiary(d.away[userID]...)
		d.diaries[userID] = one
	}
	return one
}

// keep makes what was noted last; forget takes it back, when the transaction it belongs to did not come about.
func (d *desk) keep() {
	for _, one := range d.diaries {
		one.fresh = one.fresh[:0]
	}
}

func (d *desk) forget() {
	for _, one := range d.diaries {
		for _, f := range one.fresh {
			one.Add(f.day, -f.n)
		}
		one.fresh = one.fresh[:0]
	}
}
