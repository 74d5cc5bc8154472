package procedure

import (
	"fmt"

	"kezhi/internal/flow"
	"kezhi/internal/rule"
)

// EditionOf gives what a version of a rulebook says about procedures, with the settings it was compiled with.
func EditionOf(book *rule.Book, program *rule.Program, adoptionID int64) *Edition {
	e := &Edition{Rulebook: book.ID(), Version: book.Version(), AdoptionID: adoptionID, Title: flow.Text(book.Title()), Procedures: program.Procedures()}
	for _, p := range program.Priorities() {
		e.Priorities = append(e.Priorities, Priority{Of: p.Of, Scheme: p.Scheme, Grades: p.Grades})
	}
	for _, r := range book.Roles() {
		e.Posts = append(e.Posts, Post{Name: r.Name, Title: flow.Text(r.Title), Names: book.NamesOf(r.Name)})
	}
	return e
}

// ReadEdition is EditionOf for the files of a rulebook without settings; it refuses a text with errors and names them.
func ReadEdition(files map[string][]byte, adoptionID int64) (*Edition, error) {
	book, problems := rule.Parse(files)
	if rule.HasErrors(problems) {
		return nil, fmt.Errorf("the rulebook cannot be read: %+v", problems)
	}
	program, problems := rule.Compile(book, nil)
	if rule.HasErrors(problems) {
		return nil, fmt.Errorf("rulebook %s has errors: %+v", book.ID(), problems)
	}
	return EditionOf(book, program, adoptionID), nil
}
