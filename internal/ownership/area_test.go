package ownership_test

import (
	"fmt"
	"testing"

	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/ownership"
)

func (h house) contract(t *testing.T, region, street string, user, unit int64) ownership.Area {
	t.Helper()
	a, err := h.Contract(h.ctx, ownership.AreaInput{Region: region, Street: street, UserID: user, UnitID: unit, From: calendar.None, Until: calendar.None})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// place puts customers into regions: code of the customer, region, address, owner.
func (h house) place(t *testing.T, id int64, region, address string, owner int64) {
	t.Helper()
	h.customer(t, id, fmt.Sprintf("C%d", id), owner, east, "", "", "")
	dbtest.Exec(t, h.db, "UPDATE customer SET region = ?, address = ? WHERE id = ?", region, address, id)
}

func (h house) tiles(t *testing.T, region string) (ownership.AreaMap, map[string]ownership.Tile) {
	t.Helper()
	m, err := h.AreaMap(h.ctx, region)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]ownership.Tile{}
	for _, x := range m.Tiles {
		out[x.Code+x.Street] = x
	}
	return m, out
}

func TestTheMapShowsGapsAndOverlaps(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.place(t, 101, "310106", "南京西路1号", li)
		h.place(t, 102, "310106", "愚园路9号", 0)
		h.place(t, 103, "310101", "", wang)
		h.place(t, 104, "31", "", 0)
		h.place(t, 105, "440305", "", chen)
		h.place(t, 106, "", "", 0)
		if a := h.contract(t, "310106", "南京西路", li, 0); a.Customers != 1 || a.Owned != 1 || a.UserName != "li" {
			t.Errorf("the answer of a contract: %+v", a)
		}
		h.contract(t, "310101", "", wang, 0)
		if a := h.contract(t, "310101", "", zhao, 0); a.Overlaps != 1 || a.Customers != 1 || a.Owned != 0 {
			t.Errorf("the answer of a second contract: %+v", a)
		}
		h.contract(t, "440000", "", chen, 0) // written with its zeros

		m, at := h.tiles(t, "")
		if len(m.Tiles) != 31 || m.Self.Customers != 6 || m.Self.Open != 3 || m.Loose != 1 {
			t.Errorf("the country: %+v", m.Self)
		}
		if x := at["31"]; x.State != ownership.TilePartly || x.Customers != 4 || x.Open != 2 || x.Below != 3 || !x.Deeper {
			t.Errorf("Shanghai: %+v", x)
		}
		if x := at["44"]; x.State != ownership.TileContracted || x.Customers != 1 || x.Owned != 1 || x.Open != 0 || x.Contracts[0].UserName != "chen" {
			t.Errorf("Guangdong: %+v", x)
		}
		if x := at["11"]; x.State != ownership.TileOpen || x.Customers != 0 {
			t.Errorf("Beijing: %+v", x)
		}

		m, at = h.tiles(t, "310000")
		if len(m.Path) != 1 || m.Loose != 1 || len(m.Tiles) != 16 {
			t.Errorf("Shanghai: %d parts, %+v", len(m.Tiles), m)
		}
		if x := at["310101"]; x.State != ownership.TileOverlap || len(x.Contracts) != 2 || x.Owned != 1 {
			t.Errorf("two contracts: %+v", x)
		}
		if x := at["310106"]; x.State != ownership.TilePartly || x.Customers != 2 || x.Open != 1 || x.Deeper {
			t.Errorf("a street in it: %+v", x)
		}

		m, at = h.tiles(t, "310106")
		if x := at["310106南京西路"]; len(m.Tiles) != 1 || m.Self.Open != 1 || x.State != ownership.TileContracted || x.Customers != 1 || x.Owned != 1 {
			t.Errorf("the streets: %+v", m)
		}
		if _, at = h.tiles(t, "44"); at["4403"].State != ownership.TileInherited || at["4403"].Above[0].UserID != chen || at["4403"].Owned != 1 {
			t.Errorf("a city of a contracted province: %+v", at["4403"])
		}
		if _, err := h.AreaMap(h.ctx, "99"); errs.KindOf(err) != errs.NotFound {
			t.Errorf("nowhere: %v", err)
		}
	})
}

// A contract that ends before somebody else gets the area is not made longer, and what was in force stays on record.
func TestAContractThatEndsKeepsItsEnd(t *testing.T) {
	h := newHouse(t, dbtest.SQLite(t))
	a, err := h.Contract(h.ctx, ownership.AreaInput{Region: "31", UserID: li, From: calendar.None, Until: h.Today().AddDays(20)})
	if err != nil {
		t.Fatal(err)
	}
	*h.now = h.now.AddDate(0, 0, 10)
	in := ownership.AreaInput{UserID: wang, From: a.From, Until: calendar.None}
	if _, err := h.ChangeArea(h.ctx, a.ID, 1, in); errs.KindOf(err) != errs.Invalid {
		t.Errorf("from its own first day: %v", err)
	}
	in.From = a.Until.AddDays(30)
	if _, err := h.ChangeArea(h.ctx, a.ID, 1, in); err != nil {
		t.Fatal(err)
	}
	list, _, err := h.Areas(h.ctx, "", 10)
	if err != nil || len(list) != 2 || min(list[0].Until, list[1].Until) != calendar.None || max(list[0].Until, list[1].Until) != a.Until {
		t.Errorf("%+v %v", list, err)
	}
}

func TestAContractGoesOnWithSomebodyElse(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		a := h.contract(t, "31", "", li, 0)
		*h.now = h.now.AddDate(0, 0, 10)
		in := ownership.AreaInput{UserID: wang, From: h.Today().AddDays(5), Until: calendar.None}
		if _, err := h.ChangeArea(h.ctx, a.ID, 7, in); errs.KindOf(err) != errs.Precondition {
			t.Errorf("an old version: %v", err)
		}
		b, err := h.ChangeArea(h.ctx, a.ID, 1, in)
		if err != nil || b.Region != "31" || b.UserID != wang {
			t.Fatalf("%+v %v", b, err)
		}
		list, next, err := h.Areas(h.ctx, "", 1)
		if err != nil || len(list) != 1 || next == "" || list[0].Until != in.From.AddDays(-1) || list[0].Overlaps != 0 {
			t.Fatalf("%+v %q %v", list, next, err)
		}
		if list, next, err = h.Areas(h.ctx, next, 1); err != nil || len(list) != 1 || next != "" || list[0].ID != b.ID {
			t.Errorf("the second page: %+v %q %v", list, next, err)
		}
		if _, at := h.tiles(t, ""); at["31"].State != ownership.TileContracted || len(at["31"].Contracts) != 2 {
			t.Errorf("both, one after the other: %+v", at["31"])
		}
	})
}
