package procedure

import (
	"context"
	"errors"
	"strings"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/flow"
)

// ActSent is the line of the history that says that an answer went out to the customer as a message. It is no act of the engine.
const ActSent = "sent"

// Words gives what was said as a text in a language: the sentences as they stand, dates and figures behind their titles.
func (s *Said) Words(language string) string {
	var out []string
	for i := range s.Fields {
		f := &s.Fields[i]
		text, title, colon := s.Values[f.Key].Text, f.Title.Zh, "："
		if language == "en" && f.Title.En != "" {
			title, colon = f.Title.En, ": "
		}
		if f.Type != flow.FieldLong {
			text = title + colon + text
		}
		out = append(out, text)
	}
	return strings.Join(out, "\n")
}

// Said gives a case and what it said to its customer, in the order of its steps. Needs procedure.read, and to see the case.
// Error: not_found.
func (s *Service) Said(ctx context.Context, caseID int64) (Case, []Said, error) {
	actor, err := authz.Require(ctx, authz.ProcedureRead)
	if err != nil {
		return Case{}, nil, err
	}
	var c Case
	var out []Said
	err = s.db.InRead(ctx, func(q db.Q) error {
		var w *world
		if c, w, err = s.visible(ctx, q, actor, caseID); err == nil {
			out = saidTo(w.def, c.State)
		}
		return err
	})
	return c, out, err
}

// SentAnswer is an answer that went out as a message.
type SentAnswer struct {
	Step, Channel, To string
	By                int64  // who had it sent
	Key               string // of the message: it is noted once
}

// NoteSent writes into the history of a case that an answer went out; of a message it does so once. Needs procedure.read, and to see
// the case. Error: not_found.
func (s *Service) NoteSent(ctx context.Context, caseID int64, n SentAnswer) error {
	actor, err := authz.Require(ctx, authz.ProcedureRead)
	if err != nil {
		return err
	}
	for range attempts {
		err = s.db.InTx(ctx, func(q db.Q) error {
			c, w, err := s.visible(ctx, q, actor, caseID)
			if err != nil {
				return err
			}
			return s.noteSent(ctx, q, w, &c, n)
		})
		if !errors.Is(err, errRace) {
			break
		}
	}
	return err
}

func (s *Service) noteSent(ctx context.Context, q db.Q, w *world, c *Case, n SentAnswer) error {
	hash, err := hashOf(n)
	if err != nil {
		return err
	}
	if _, found, err := answered(ctx, q, c.ID, n.By, n.Key); err != nil || found {
		return err
	}
	st, effects, err := flow.Tick(w.def, c.State, w.env())
	if err != nil {
		return err
	}
	line := Act{CaseID: c.ID, At: s.now(), ActorID: n.By, Act: ActSent, Step: n.Step, Reason: n.To, Detail: actDetail{What: n.Channel}}
	wr := &writing{}
	if err := s.gather(ctx, w, &saving{c: c, st: st, effects: effects, act: line, key: n.Key, hash: hash}, wr); err != nil {
		return err
	}
	return wr.end(ctx, q, s.bus)
}
