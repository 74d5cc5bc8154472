package audit

import (
	"context"
	"errors"
	"io"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
	"kezhi/internal/sheet"
)

type exportIn struct {
	Filters
	Format string `query:"format" enum:"csv,xlsx" default:"csv"`
	Lang   string `query:"lang" enum:"zh,en" default:"zh" doc:"Language of the headings"`
}

type packIn struct {
	Filters
	Purpose string `query:"purpose" required:"true" maxLength:"500" doc:"What the pack is for; it is written to the log and into the pack"`
}

var exportHeads = map[string][]string{
	"zh": {"序号", "时间", "操作人", "操作人编号", "操作", "对象", "对象编号", "客户编号", "内容", "请求", "前一条哈希", "哈希"},
	"en": {"Number", "At", "Who", "User id", "Action", "Entity", "Entity id", "Customer id", "Detail", "Request", "Hash before", "Hash"},
}

var exportNames = map[string]string{"zh": "审计日志", "en": "audit-log"}

// moment is precise enough for the hash to be worked out again from what an export shows.
const moment = "2006-01-02T15:04:05.000000Z"

func (h handlers) export(ctx context.Context, in *exportIn) (*huma.StreamResponse, error) {
	f, err := in.filter(h.k.loc)
	if err != nil {
		return nil, err
	}
	mark, err := h.k.announce(ctx, in.Filters)
	if err != nil {
		return nil, err
	}
	return httpapi.Download(exportNames[in.Lang]+"-"+h.k.today()+"."+in.Format, func(ctx context.Context, w io.Writer) error {
		return sheet.WriteTable(w, sheet.Format(in.Format), exportNames[in.Lang], func(out sheet.Writer) error {
			if err := out.WriteRow(sheet.Texts(exportHeads[in.Lang])); err != nil {
				return err
			}
			return h.k.writeRows(ctx, out, f, *mark)
		})
	}), nil
}

func (k *Keeper) today() string { return calendar.FromTime(k.now(), k.loc).String() }

// announce writes that entries leave the house, and signs a checkpoint that covers them and this.
func (k *Keeper) announce(ctx context.Context, in Filters) (*Checkpoint, error) {
	if _, err := authz.Require(ctx, authz.AuditRead); err != nil {
		return nil, err
	}
	err := k.db.InTx(ctx, func(q db.Q) error {
		return Write(ctx, q, k.now(), Entry{Action: "audit.export", Entity: "audit", Detail: in})
	})
	if err != nil {
		return nil, err
	}
	return k.Sign(ctx)
}

// writeRows writes the checkpoint and then the entries, newest first: where nothing was filtered out, each row's "hash before" is
// the hash of the next row, and the first one's hash is the one that was signed.
func (k *Keeper) writeRows(ctx context.Context, out sheet.Writer, f Filter, mark Checkpoint) error {
	t := sheet.Text
	err := out.WriteRow([]sheet.Cell{
		sheet.Number(strconv.FormatInt(mark.Entries, 10)), t(mark.At.UTC().Format(moment)), t(mark.Origin), t(""), t("checkpoint"), t(""), t(""), t(""),
		t(string(mark.Note)), t(""), t(""), t(mark.Head),
	})
	if err != nil {
		return err
	}
	for f.Before = mark.Entries + 1; f.Before != 0; {
		var failed error
		f.Before, err = f.each(ctx, k.db.Read(), func(r Record) bool {
			failed = out.WriteRow(r.cells())
			return failed == nil
		})
		if err := errors.Join(err, failed); err != nil {
			return err
		}
	}
	return nil
}

func (r Record) cells() []sheet.Cell {
	t := sheet.Text
	return []sheet.Cell{
		sheet.Number(strconv.FormatInt(r.Seq, 10)), t(r.At.UTC().Format(moment)), t(r.ActorName), t(id.String(r.ActorID)), t(r.Action), t(r.Entity), t(r.ID),
		t(id.String(r.CustomerID)), t(string(r.Detail)), t(r.Request), t(r.Prev), t(r.Hash),
	}
}

func (h handlers) pack(ctx context.Context, in *packIn) (*huma.StreamResponse, error) {
	f, err := in.filter(h.k.loc)
	if err != nil {
		return nil, err
	}
	p, err := h.k.PreparePack(ctx, f, in.Purpose, h.record)
	if err != nil {
		return nil, err
	}
	return httpapi.Download("kezhi-audit-"+h.k.now().In(h.k.loc).Format("20060102-150405")+".zip", p.Write), nil
}
