package training

import (
	"cmp"
	"context"
	"slices"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
	"kezhi/internal/sheet"
)

// Person is somebody a course is for, with how he stands to it.
type Person struct {
	ID                       int64
	Login, Name              string
	UnitID                   int64
	UnitCode, UnitZh, UnitEn string
	Standing                 Standing
	DueOn, ExpiresOn         calendar.Date
	joined                   int64
	last                     calendar.Date
}

// UnitCount is how many people of a unit stand how.
type UnitCount struct {
	UnitID           int64 // 0 = without a unit
	Code, Zh, En     string
	People           int
	Valid, Expiring  int
	Expired, Missing int
}

// Coverage is who of those a course is for holds its certificate.
type Coverage struct {
	Course Course
	Units  []UnitCount
	All    UnitCount
	People []Person // of a filter, by unit and name
	More   bool
}

// Filter bounds the people of a coverage; what is empty matches everybody.
type Filter struct {
	Standing Standing
	UnitID   int64
	Limit    int // 0 = 500
}

// Coverage counts who within the acting person's reach holds the certificate of a published course. Needs training.read. Errors:
// not_found, invalid_input.
func (s *Service) Coverage(ctx context.Context, courseID int64, f Filter) (Coverage, error) {
	actor, err := authz.Require(ctx, authz.TrainingRead)
	if err != nil {
		return Coverage{}, err
	}
	var v errs.Validation
	v.Check(f.Standing == "" || slices.Contains(Standings, f.Standing), "standing", "field.not_allowed", "value", string(f.Standing))
	if err := v.Err(); err != nil {
		return Coverage{}, err
	}
	out := Coverage{}
	var everybody []Person
	err = s.db.InRead(ctx, func(q db.Q) error {
		if out.Course, err = publishedOne(ctx, q, courseID); err != nil {
			return err
		}
		everybody, err = s.people(ctx, q, &out.Course, actor.Scope(authz.TrainingRead))
		return err
	})
	if err != nil {
		return out, err
	}
	out.Units, out.All = count(everybody)
	out.People = slices.DeleteFunc(everybody, func(p Person) bool {
		return f.Standing != "" && p.Standing != f.Standing || f.UnitID != 0 && p.UnitID != f.UnitID
	})
	limit := f.Limit
	if limit == 0 {
		limit = 500
	}
	out.More = len(out.People) > limit
	out.People = out.People[:min(limit, len(out.People))]
	return out, nil
}

// people gives whom a course is for within a scope, by unit and name, each with the standing of today.
func (s *Service) people(ctx context.Context, q db.Q, c *Course, scope authz.Scope) ([]Person, error) {
	var units []int64
	if len(c.Units) > 0 {
		tree, err := s.units.Tree(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, u := range c.Units {
			units = append(units, tree.Below(u)...)
		}
	}
	today := s.Today()
	list, err := people(ctx, q, c, units, scope, today)
	for i := range list {
		p := &list[i]
		p.DueOn = dueOn(c.PublishedOn, calendar.FromTime(clock.FromMicros(p.joined), s.loc), c.Content.DueDays)
		p.Standing = stand(p.last, p.DueOn, today, c.Content.RemindDays)
		if p.ExpiresOn = p.last; p.last == never {
			p.ExpiresOn = calendar.None
		}
	}
	slices.SortStableFunc(list, func(a, b Person) int {
		return cmp.Or(cmp.Compare(a.UnitCode, b.UnitCode), cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
	return list, err
}

func count(list []Person) (units []UnitCount, all UnitCount) {
	for i := range list {
		p := &list[i]
		if len(units) == 0 || units[len(units)-1].UnitID != p.UnitID {
			units = append(units, UnitCount{UnitID: p.UnitID, Code: p.UnitCode, Zh: p.UnitZh, En: p.UnitEn})
		}
		units[len(units)-1].add(p.Standing)
		all.add(p.Standing)
	}
	return units, all
}

func (u *UnitCount) add(s Standing) {
	u.People++
	switch s {
	case Valid:
		u.Valid++
	case Expiring:
		u.Expiring++
	case Expired:
		u.Expired++
	default:
		u.Missing++
	}
}

// Export gives the coverage of a course as a table. Needs training.read; audited. Error: not_found.
func (s *Service) Export(ctx context.Context, courseID int64, lang string) (name string, write func(out sheet.Writer) error, err error) {
	c, err := s.Coverage(ctx, courseID, Filter{Limit: 1 << 30})
	if err != nil {
		return "", nil, err
	}
	err = s.db.InTx(ctx, func(q db.Q) error {
		return audit.Write(ctx, q, s.now(), audit.Entry{Action: "training.export", Entity: "training_course", EntityID: id.String(courseID), Detail: map[string]any{"people": len(c.People)}})
	})
	w := exportWords[lang]
	return w.file + "-" + c.Course.Topic + "-" + s.Today().String(), func(out sheet.Writer) error {
		if err := out.WriteRow(sheet.Texts(w.heads)); err != nil {
			return err
		}
		for i := range c.People {
			p := &c.People[i]
			unit := p.UnitZh
			if lang == "en" && p.UnitEn != "" {
				unit = p.UnitEn
			}
			row := []sheet.Cell{sheet.Text(p.UnitCode), sheet.Text(unit), sheet.Text(p.Login), sheet.Text(p.Name), sheet.Text(c.Course.Title), sheet.Text(w.standings[p.Standing]), sheet.Date(p.ExpiresOn.String()), sheet.Date(p.DueOn.String())}
			if err := out.WriteRow(row); err != nil {
				return err
			}
		}
		return nil
	}, err
}

// exportWords holds the words of the table: files leave the program, so the server writes them itself.
var exportWords = map[string]struct {
	file      string
	heads     []string
	standings map[Standing]string
}{
	"zh": {
		"培训情况",
		[]string{"单位编号", "单位", "登录名", "姓名", "课程", "状态", "证书有效期至", "应完成日期"},
		map[Standing]string{Overdue: "逾期未完成", Expired: "已过期", Todo: "未完成", Expiring: "即将到期", Valid: "有效"},
	},
	"en": {
		"training",
		[]string{"Unit code", "Unit", "Login", "Name", "Course", "State", "Certificate until", "Due"},
		map[Standing]string{Overdue: "Overdue", Expired: "Expired", Todo: "To do", Expiring: "To be renewed", Valid: "Valid"},
	},
}

// Overview counts every published course over the people within the acting person's reach. Needs training.read.
func (s *Service) Overview(ctx context.Context) ([]Coverage, error) {
	actor, err := authz.Require(ctx, authz.TrainingRead)
	if err != nil {
		return nil, err
	}
	var out []Coverage
	err = s.db.InRead(ctx, func(q db.Q) error {
		list, err := published(ctx, q)
		if err != nil {
			return err
		}
		out = make([]Coverage, len(list))
		for i := range list {
			everybody, err := s.people(ctx, q, &list[i], actor.Scope(authz.TrainingRead))
			if err != nil {
				return err
			}
			out[i].Course = list[i]
			out[i].Units, out[i].All = count(everybody)
		}
		return nil
	})
	return out, err
}
