package customer_test

import (
	"testing"

	"kezhi/internal/calendar"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
)

func TestSpecialDays(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		c := w.create(system, customer.Input{Name: "西樵布行", OwnerID: lin})
		born := calendar.FromBytes([]byte("1984-02-29"))
		ou, err := w.s.AddContact(asLin, c.ID, customer.ContactInput{Name: "区小兰", Birthday: &born})
		w.must(err)
		founded := customer.SpecialDayInput{Kind: customer.DayNamed, Name: " 公司 成立日", On: calendar.Yearly{Lunar: true, Month: 8, Day: 15}, Year: 1998, Note: "送月饼"}
		day, err := w.s.AddSpecialDay(asLin, c.ID, founded)
		w.must(err)
		if day.Name != "公司 成立日" || day.On != founded.On || day.Year != 1998 || day.Contact != "" || day.Version != 1 {
			t.Errorf("%+v", day)
		}
		_, err = w.s.AddSpecialDay(asZhao, c.ID, founded)
		wantCode(t, err, errs.NotFound, "not_found")
		// The day of birth said of the contact is the one birthday there is; it may be changed to a lunar one without its year.
		list, err := w.s.SpecialDays(asLin, c.ID)
		w.must(err)
		if len(list) != 2 || list[1].Kind != customer.DayBirthday || list[1].Contact != "区小兰" || list[1].Year != 1984 || list[1].On != (calendar.Yearly{Month: 2, Day: 29}) {
			t.Fatalf("%+v", list)
		}
		lunar := customer.SpecialDayInput{ContactID: ou.ID, Kind: customer.DayBirthday, Name: "没有名称", On: calendar.Yearly{Lunar: true, Month: 1, Day: 28}}
		_, err = w.s.AddSpecialDay(asLin, c.ID, lunar)
		wantCode(t, err, errs.Conflict, "customer.birthday_known")
		got, err := w.s.SetSpecialDay(asLin, c.ID, list[1].ID, list[1].Version, lunar)
		w.must(err)
		if got.Name != "" || got.Year != 0 || !got.On.Lunar || got.Version != 2 {
			t.Errorf("%+v", got)
		}
		_, err = w.s.SetSpecialDay(asLin, c.ID, list[1].ID, list[1].Version, lunar)
		wantCode(t, err, errs.Precondition, "precondition_failed")
		people, err := w.s.Contacts(asLin, c.ID, false)
		w.must(err)
		if people[0].Birthday != nil {
			t.Errorf("a lunar birthday is no day of birth: %s", people[0].Birthday)
		}
		// A change of the contact that says nothing of the birthday leaves it; a new day of birth takes its place.
		ou, err = w.s.ChangeContact(asLin, c.ID, ou.ID, ou.Version, func(in *customer.ContactInput) { in.Title = "店长" })
		w.must(err)
		if n := w.int("SELECT month_day FROM special_day WHERE kind = 'birthday' AND lunar = 1"); n != 128 {
			t.Errorf("birthday %d", n)
		}
		ou, err = w.s.ChangeContact(asLin, c.ID, ou.ID, ou.Version, func(in *customer.ContactInput) { in.Birthday = &born })
		w.must(err)
		if n := w.int("SELECT month_day FROM special_day WHERE kind = 'birthday' AND lunar = 0"); n != 229 {
			t.Errorf("birthday %d", n)
		}
		_, err = w.s.ArchiveContact(asLin, c.ID, ou.ID, ou.Version)
		w.must(err)
		w.must(w.s.RemoveSpecialDay(asLin, c.ID, day.ID, day.Version))
		if list, err = w.s.SpecialDays(asLin, c.ID); err != nil || len(list) != 0 {
			t.Errorf("%+v %v", list, err)
		}
		if n := w.int("SELECT COUNT(*) FROM audit_entry WHERE entity = 'special_day' AND customer_id = ?", c.ID); n != 3 {
			t.Errorf("%d audit entries", n)
		}
	})
}

func TestDaysThatCannotBe(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		firm := w.create(system, customer.Input{Name: "西樵布行", OwnerID: lin})
		person := w.create(system, customer.Input{Party: customer.PartyPerson, Name: "单雨薇", OwnerID: lin})
		good := customer.SpecialDayInput{Kind: customer.DayNamed, Name: "店庆", On: calendar.Yearly{Month: 3, Day: 18}}
		for _, c := range []struct {
			path, code string
			change     func(in *customer.SpecialDayInput)
		}{
			{"name", "field.required", func(in *customer.SpecialDayInput) { in.Name = " " }},
			{"kind", "field.choice", func(in *customer.SpecialDayInput) { in.Kind = "feast" }},
			{"day", "customer.no_such_day", func(in *customer.SpecialDayInput) { in.On.Day = 32 }},
			{"day", "customer.no_such_day", func(in *customer.SpecialDayInput) { in.On.Month = 13 }},
			{"day", "customer.no_such_day", func(in *customer.SpecialDayInput) { in.On, in.Year = calendar.Yearly{Month: 2, Day: 29}, 2023 }},
			{"day", "customer.no_such_day", func(in *customer.SpecialDayInput) { in.On = calendar.Yearly{Lunar: true, Month: 1, Day: 31} }},
			{"year", "config.range", func(in *customer.SpecialDayInput) { in.Year = 12 }},
			{"contact_id", "customer.no_such_contact", func(in *customer.SpecialDayInput) { in.ContactID = 77 }},
			{"contact_id", "customer.birthday_whose", func(in *customer.SpecialDayInput) { in.Kind = customer.DayBirthday }},
		} {
			in := good
			c.change(&in)
			_, err := w.s.AddSpecialDay(asLin, firm.ID, in)
			wantField(t, err, c.path, c.code)
		}
		good.Kind = customer.DayBirthday
		_, err := w.s.AddSpecialDay(asLin, person.ID, good)
		w.must(err)
	})
}
