package visit

import (
	"context"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/duty"
	"kezhi/internal/errs"
	"kezhi/internal/fact"
	"kezhi/internal/id"
)

// Do takes a step with a visit, all of it or nothing. A report makes the fact and keeps the duty. The same request again
// (equal key and step) changes nothing. Needs duty.do over the visit; a customer manager acts on visits of the person's own.
// Errors: not_found, invalid_input, visit.wrong_state, visit.appointment_needed, visit.not_yours, visit.changed,
// visit.key_reused, and those of keeping a duty.
func (s *Service) Do(ctx context.Context, visitID int64, st Step, key string) (Visit, error) {
	actor, err := authz.Require(ctx, authz.DutyDo)
	if err != nil {
		return Visit{}, err
	}
	if err := st.Validate(s.now()); err != nil {
		return Visit{}, err
	}
	if len(key) > maxKey {
		return Visit{}, errs.New(errs.Invalid, "field.too_long", "max", maxKey)
	}
	if err := s.duties.OwnFiles(ctx, st.Files); err != nil {
		return Visit{}, err
	}
	var out Visit
	err = s.db.InTx(ctx, func(q db.Q) error {
		v, err := load(ctx, q, visitID)
		if err != nil {
			return err
		}
		ref := visitID
		first, err := s.once(ctx, q, actor, key, hashOf(id.String(visitID), st), &ref)
		if err != nil {
			return err
		}
		// What this person did before is answered again, also when the visit has gone to somebody else since.
		if first {
			if err := mayAct(actor, v); err != nil {
				return err
			}
			if err := s.step(ctx, q, actor, v, st); err != nil {
				return err
			}
		}
		if out, err = load(ctx, q, visitID); !first {
			out.withhold(actor)
		}
		return err
	})
	return out, err
}

func (s *Service) step(ctx context.Context, q db.Q, actor authz.Actor, v Visit, st Step) error {
	to, err := decide(v, st)
	if err != nil {
		return err
	}
	now := s.now()
	if st.Act == ActArrive && st.KeepPlace && st.Where != nil {
		if err := savePlace(ctx, q, v.CustomerID, *st.Where, actor.UserID, clock.Micros(now)); err != nil {
			return err
		}
		v.Customer.Place = st.Where
	}
	next := v.after(st, to, now)
	if st.Act == ActArrive {
		next.On = calendar.FromTime(time.UnixMicro(*next.ArrivedAt), s.loc)
	}
	if st.Act == ActReport {
		if next.FactID, err = s.becomeFact(ctx, q, next, st); err != nil {
			return err
		}
	}
	// The guarded update: whoever loses it has written nothing, for the transaction ends here.
	if ok, err := updateVisit(ctx, q, v, next, clock.Micros(now)); err != nil || !ok {
		if err == nil {
			err = errChanged()
		}
		return err
	}
	if err := addFiles(ctx, q, v, partOf(st.Act), st.Files); err != nil {
		return err
	}
	if err := s.record(ctx, q, now, "visit."+string(st.Act), "visit.acted", next, changes(v, next)); err != nil {
		return err
	}
	if st.Act == ActReport && given(next.NextOn) {
		return s.planNext(ctx, q, actor, next)
	}
	return nil
}

func errChanged() error { return errs.New(errs.Conflict, "visit.changed") }

// partOf says what files that come with an act show.
func partOf(a Act) string {
	if a == ActArrive {
		return "arrival"
	}
	return "report"
}

// becomeFact keeps the duty, which makes the fact, or makes the fact itself where there is no duty, or none that can be kept
// any more: the visit took place all the same.
func (s *Service) becomeFact(ctx context.Context, q db.Q, v Visit, st Step) (int64, error) {
	all := append([]int64{}, st.Files...)
	for _, f := range v.Files {
		all = append(all, f.ID)
	}
	if len(all) > maxFiles {
		all = all[:maxFiles]
	}
	more := map[string]any{"visit": id.String(v.ID)}
	if v.Met != "" {
		more["met"] = v.Met
	}
	if v.Feedback != "" {
		more["feedback"] = v.Feedback
	}
	keeps := v.DutyID != 0
	if keeps {
		var err error
		if keeps, err = s.duties.StillDue(ctx, q, v.DutyID); err != nil {
			return 0, err
		}
	}
	if keeps {
		d, err := s.duties.DoWithin(ctx, q, v.DutyID, duty.Evidence{Note: v.Report, On: v.On, Files: all, Reason: st.LateReason, SeenOn: v.seenOn(), Attrs: more})
		return d.FactID, err
	}
	more["note"] = v.Report
	if len(all) > 0 {
		more["files"] = texts(all)
	}
	f, err := s.facts.Append(ctx, q, fact.Input{CustomerID: v.CustomerID, Kind: "visit", On: v.On, At: v.ArrivedAt, Attrs: more})
	return f.ID, err
}

// seenOn gives the day of the check-in, nil where it proves nothing: a moment before the visit was planned was said afterwards.
func (v Visit) seenOn() *calendar.Date {
	if v.ArrivedAt == nil || *v.ArrivedAt < v.CreatedAt-clockDrift.Microseconds() {
		return nil
	}
	return &v.On
}

func texts(ids []int64) []string {
	out := make([]string, len(ids))
	for i, n := range ids {
		out[i] = id.String(n)
	}
	return out
}

// changes lists what a step changed, for the audit; where somebody was is kept with the visit only.
func changes(v, next Visit) []audit.Change {
	out := []audit.Change{{Field: "state", Before: string(v.State), After: string(next.State)}}
	add := func(field string, before, after any) {
		if before != after {
			out = append(out, audit.Change{Field: field, Before: before, After: after})
		}
	}
	add("on", v.On.String(), next.On.String())
	add("from", v.FromMin, next.FromMin)
	add("to", v.ToMin, next.ToMin)
	add("reason", v.Reason, next.Reason)
	add("appointment", v.Appointment.text(), next.Appointment.text())
	add("no_appointment", v.NoAppointment, next.NoAppointment)
	add("next_on", v.NextOn.String(), next.NextOn.String())
	return out
}

// SetPlace says where a customer is found on the map. Needs duty.do over the customer. Errors: not_found, invalid_input.
func (s *Service) SetPlace(ctx context.Context, customerID int64, where Spot) error {
	actor, err := authz.Require(ctx, authz.DutyDo)
	if err != nil {
		return err
	}
	var v errs.Validation
	v.Check(where.Valid(), "lat_e6", "visit.no_such_place")
	if err := v.Err(); err != nil {
		return err
	}
	if _, err := s.customers.Guard(ctx, authz.DutyDo, customerID); err != nil {
		return err
	}
	now := s.now()
	return s.db.InTx(ctx, func(q db.Q) error {
		if err := savePlace(ctx, q, customerID, where, actor.UserID, clock.Micros(now)); err != nil {
			return err
		}
		return audit.Write(ctx, q, now, audit.Entry{Action: "visit.place", Entity: "customer", EntityID: id.String(customerID), CustomerID: customerID})
	})
}
