package demo

import (
	"slices"

	"kezhi/internal/calendar"
	"kezhi/internal/customer"
	"kezhi/internal/org"
)

// Options say which company is generated.
type Options struct {
	// Reference is the day the company stands at; its history ends the day before.
	Reference calendar.Date
	// Customers is how many there are, at least 100; 0 = 2,000.
	Customers int
	// Contacts is how many each customer has on average; 0 = about two, at least one and at most four.
	Contacts int
	// Busy is how many times as many orders of as much smaller amounts are placed; 0 = 1.
	Busy int
	// Seed chooses another company of the same sort; 0 = the one everybody knows.
	Seed uint64
}

// Company is a company with its customers; what happened to them is worked out by Facts.
type Company struct {
	Reference calendar.Date
	From      calendar.Date // the first day of its history, 24 months before Reference
	Units     []Unit
	Staff     []Person
	Customers []Customer // in the order of their codes
	Relations []Relation
	Products  []Product
	days      days
	busy      int64
	seed      uint64
}

// Unit is a part of the company. The first one is the head office, to which the others belong.
type Unit struct{ Code, NameZH, NameEN, Kind string }

// Person is somebody who works there and may sign in.
type Person struct {
	Login, Name, Email string
	Role               string // of package authz
	Unit               int    // index into Units
}

// Customer is a customer with what decides its history.
type Customer struct {
	Input  customer.Input // OwnerID stays 0; Owner says whose it is
	Owner  int            // index into Staff, -1 = nobody
	Enters calendar.Date  // the day the company comes to know it; before From for old customers
	habits habits
}

// Relation ties two customers: Other is a Type to Customer.
type Relation struct {
	Customer, Other int // indexes into Customers
	Type            string
	ShareBP         int64 // hundredths of a per cent, 0 = no share is meant
}

const (
	defaultCustomers = 2000
	defaultSeed      = 20_260_101
	historyMonths    = 24
)

// Streams of random numbers; those of a customer's facts begin at factStream.
const (
	staffStream = iota + 1
	customerStream
	habitStream
	relationStream
	factStream = 1000
)

// Generate makes the company. It is a pure function of its options; an installation of any size or place gets the same one.
func Generate(opt Options) *Company {
	if opt.Customers == 0 {
		opt.Customers = defaultCustomers
	}
	if opt.Seed == 0 {
		opt.Seed = defaultSeed
	}
	opt.Customers = max(opt.Customers, 100)
	c := &Company{Reference: opt.Reference, From: opt.Reference.AddMonths(-historyMonths), Products: products(), busy: int64(max(opt.Busy, 1)), seed: opt.Seed}
	c.days = newDays(c.From, c.Reference)
	c.addStaff()
	c.addCustomers(opt)
	c.addRelations()
	return c
}

// names of the staff must differ from each other, or their logins would clash.
func (c *Company) addStaff() {
	s := streamOf(c.seed, staffStream)
	c.Units = append(c.Units, Unit{"HQ", "总部", "Head office", org.HeadOffice})
	taken := map[string]bool{}
	name := func() string {
		for {
			n := s.person()
			if l := latin(n); !taken[l] {
				taken[l] = true
				return n
			}
		}
	}
	add := func(login, role string, unit int) {
		n := name()
		if login == "" {
			login = latin(n)
		}
		c.Staff = append(c.Staff, Person{Login: login, Name: n, Email: login + "@example.com", Role: role, Unit: unit})
	}
	add("admin", "admin", 0)
	add("director", "director", 0)
	add("auditor", "auditor", 0)
	for i, r := range regions {
		c.Units = append(c.Units, Unit{r.code, r.zh, r.en, org.Branch})
		add(r.manager, "regional_manager", i+1)
		for range r.sales {
			add("", "customer_manager", i+1)
		}
	}
	// The one whom the printed logins, the pictures and the browser tests know: the first customer manager of the east.
	lin := &c.Staff[slices.IndexFunc(c.Staff, func(p Person) bool { return p.Role == "customer_manager" })]
	lin.Login, lin.Email = "lin", "lin@example.com"
	lin.Name = "林" + string([]rune(lin.Name)[1:])
}

// salesOf lists the customer managers of a region, as indexes into Staff.
func (c *Company) salesOf(region int) []int {
	var out []int
	for i, p := range c.Staff {
		if p.Unit == region+1 && p.Role == "customer_manager" {
			out = append(out, i)
		}
	}
	return out
}

// addRelations makes groups of companies and some guarantors.
func (c *Company) addRelations() {
	s := streamOf(c.seed, relationStream)
	for i := range c.Customers {
		if p := c.Customers[i].habits.parent; p >= 0 {
			c.Relations = append(c.Relations, Relation{p, i, "subsidiary", int64(s.between(51, 100)) * 100})
		}
	}
	for range len(c.Customers) / 80 {
		a, b := s.below(len(c.Customers)), s.below(len(c.Customers))
		if a != b && c.Customers[a].habits.parent != b && c.Customers[b].habits.parent != a {
			c.Relations = append(c.Relations, Relation{a, b, "guarantor", 0})
		}
	}
}
