package audit

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
)

// View is an audit entry in the API.
type View struct {
	Seq        int64     `json:"seq"`
	At         time.Time `json:"at"`
	ActorID    string    `json:"actor_id"`
	ActorName  string    `json:"actor_name"`
	Action     string    `json:"action"`
	Entity     string    `json:"entity"`
	EntityID   string    `json:"entity_id"`
	CustomerID string    `json:"customer_id"`
	Detail     any       `json:"detail"`
	RequestID  string    `json:"request_id"`
	Hash       string    `json:"hash"`
}

// Filters are what a search, an export and a pack choose entries by.
type Filters struct {
	Entity     string `query:"entity" json:"entity,omitempty"`
	EntityID   string `query:"entity_id" json:"entity_id,omitempty"`
	Action     string `query:"action" json:"action,omitempty"`
	ActorID    string `query:"actor_id" json:"actor_id,omitempty" doc:"Who did it; 0 = the program itself"`
	CustomerID string `query:"customer_id" json:"customer_id,omitempty"`
	From       string `query:"from" json:"from,omitempty" doc:"First day, YYYY-MM-DD"`
	Until      string `query:"until" json:"until,omitempty" doc:"Last day, YYYY-MM-DD"`
	Text       string `query:"text" json:"text,omitempty" maxLength:"200" doc:"In who, action, id, request or detail"`
}

type listIn struct {
	httpapi.Page
	Filters
}

// ProofView says how far the chain was proved.
type ProofView struct {
	Entries    int64       `json:"entries"`
	OK         bool        `json:"ok"`
	Head       string      `json:"head" doc:"Hash of the last entry"`
	Checkpoint *SignedView `json:"checkpoint" doc:"The newest signed checkpoint; none before the first"`
	Keys       []string    `json:"keys" doc:"The public keys that ever signed here"`
}

// SignedView is a signed checkpoint.
type SignedView struct {
	Entries int64     `json:"entries"`
	At      time.Time `json:"at"`
	Key     string    `json:"key" doc:"The name of the key that signed"`
	Note    string    `json:"note" doc:"The signed text, to be kept elsewhere"`
}

func proofView(ctx context.Context, k *Keeper) (ProofView, error) {
	chain, last, err := k.Prove(ctx)
	if err != nil {
		return ProofView{}, err
	}
	v := ProofView{Entries: chain.Entries, OK: true, Head: chain.Head}
	if last != nil {
		v.Checkpoint = &SignedView{last.Entries, last.At, last.Origin, string(last.Note)}
	}
	v.Keys, err = k.PublicKeys()
	return v, err
}

// handlers answer for the audit log.
type handlers struct {
	k      *Keeper
	record RecordOf
}

// Register adds the operations of the audit log. record gives the record of a customer for packs.
func Register(api *httpapi.API, k *Keeper, record RecordOf) {
	h := handlers{k, record}
	op := func(id, method, path, summary string) httpapi.Op {
		return httpapi.Op{ID: id, Method: method, Path: path, Summary: summary, Tag: "Audit", Permission: authz.AuditRead}
	}
	httpapi.Register(api, op("list-audit", http.MethodGet, "/audit", "Who changed what, newest first; a page may be short and still have a next one"), h.list)
	httpapi.Register(api, op("export-audit", http.MethodGet, "/audit/export", "Entries as a file, each with its hash, after the signed checkpoint"), h.export)
	httpapi.Register(api, op("pack-audit", http.MethodGet, "/audit/pack", "Evidence for an auditor: entries with their proofs, records, checkpoint"), h.pack)
	httpapi.Register(api, op("verify-audit", http.MethodPost, "/audit/verify", "Prove that the audit chain is whole and is what was signed"),
		func(ctx context.Context, _ *struct{}) (*httpapi.Body[ProofView], error) {
			v, err := proofView(ctx, k)
			return httpapi.Ok(v), err
		})
}

func (h handlers) list(ctx context.Context, in *listIn) (*httpapi.Body[httpapi.List[View]], error) {
	f, err := in.filter(h.k.loc)
	if err != nil {
		return nil, err
	}
	f.Limit = in.Limit
	cursor, err := db.DecodeCursor(in.Cursor, 1)
	if err != nil {
		return nil, err
	}
	if cursor != nil {
		if f.Before, err = strconv.ParseInt(cursor[0], 10, 64); err != nil {
			return nil, errs.New(errs.Invalid, "cursor.invalid")
		}
	}
	found, err := List(ctx, h.k.db.Read(), f)
	if err != nil {
		return nil, err
	}
	next := ""
	if found.Next != 0 {
		next = db.EncodeCursor(strconv.FormatInt(found.Next, 10))
	}
	out := make([]View, len(found.Records))
	for i, r := range found.Records {
		if out[i], err = view(r); err != nil {
			return nil, err
		}
	}
	return httpapi.OkList(out, next), nil
}

func (in Filters) filter(loc *time.Location) (Filter, error) {
	f := Filter{Entity: in.Entity, EntityID: in.EntityID, Action: in.Action, Text: in.Text, System: in.ActorID == "0"}
	for _, x := range []struct {
		text string
		to   *int64
	}{{in.ActorID, &f.ActorID}, {in.CustomerID, &f.CustomerID}} {
		if x.text == "" || x.text == "0" {
			continue
		}
		n, err := id.Parse(x.text)
		if err != nil {
			return f, err
		}
		*x.to = n
	}
	var v errs.Validation
	for _, x := range []struct {
		name, text string
		days       int
		to         *time.Time
	}{{"from", in.From, 0, &f.From}, {"until", in.Until, 1, &f.Until}} {
		if x.text == "" {
			continue
		}
		day, err := calendar.Parse(x.text)
		v.Check(err == nil, x.name, "field.not_a_date", "value", x.text)
		*x.to = day.AddDays(x.days).Midnight(loc)
	}
	return f, v.Err()
}

func view(r Record) (View, error) {
	v := View{
		Seq: r.Seq, At: r.At, ActorID: id.String(r.ActorID), ActorName: r.ActorName, Action: r.Action, Entity: r.Entity, EntityID: r.ID,
		RequestID: r.Request, Hash: r.Hash,
	}
	if r.CustomerID != 0 {
		v.CustomerID = id.String(r.CustomerID)
	}
	return v, json.Unmarshal(r.Detail, &v.Detail)
}
