package importer

import (
	"slices"
	"time"

	"kezhi/internal/errs"
)

// TargetCustomers brings customers in; every other target is a kind of fact.
const TargetCustomers = "customers"

// State of an import; see the diagram in doc.go.
type State string

// The states.
const (
	Uploaded  State = "uploaded"
	Checking  State = "checking"
	Checked   State = "checked"
	Queued    State = "queued"
	Running   State = "running"
	Done      State = "done"
	Failed    State = "failed"
	Canceled  State = "canceled"
	Reverting State = "reverting"
	Reverted  State = "reverted"
)

// moves are the only changes of state there are.
var moves = map[State][]State{
	Uploaded:  {Checking, Queued, Running, Failed, Canceled},
	Checking:  {Checked, Uploaded, Failed},
	Checked:   {Uploaded, Checking, Queued, Running},
	Queued:    {Running, Failed, Canceled},
	Running:   {Done, Failed, Canceled, Queued},
	Failed:    {Uploaded, Checking, Queued, Running},
	Canceled:  {Uploaded, Checking, Queued, Running},
	Done:      {Reverting},
	Reverting: {Reverted, Done},
}

func mayMove(from, to State) bool { return slices.Contains(moves[from], to) }

// errState says that an import in this state cannot do what is asked.
func errState(s State) error {
	return errs.New(errs.Conflict, "importer.state_"+string(s))
}

// Modes of importing customers.
const (
	ModeBoth   = "both"
	ModeCreate = "create"
	ModeUpdate = "update"
)

// Orders of day and month where the year stands last.
const (
	DayFirst   = "day_first"
	MonthFirst = "month_first"
)

// Settings say how a file is to be read and what is to be done with it.
type Settings struct {
	// Mapping goes from the field to the header of the column; a value that begins with = is a constant (=GBP); an empty one
	// leaves the field out. A new import guesses the fields not named from the headers.
	Mapping map[string]string `json:"mapping,omitempty"`
	// CancelPrefix: documents that begin with it are cancelled.
	CancelPrefix    string `json:"cancel_prefix,omitempty"`
	CreateCustomers bool   `json:"create_customers,omitempty"`
	AllowSameName   bool   `json:"allow_same_name,omitempty"` // customers: a new code with a known name is another customer
	Mode            string `json:"mode,omitempty"`            // create, update, both; empty = both
	DateOrder       string `json:"date_order,omitempty"`      // day_first, month_first; empty = ambiguous dates are refused
	DecimalComma    bool   `json:"decimal_comma,omitempty"`   // 1.234,50
	Sheet           string `json:"sheet,omitempty"`
	Encoding        string `json:"encoding,omitempty"`
	HeaderRow       int    `json:"header_row,omitempty"` // counted from 1; 0 = the first line with content
}

// reading gives the part of the settings that belongs to the shape of a file and is taken over by itself for the next one. What is to
// be done with the lines is said anew each time, or by the name of a saved mapping.
func (s Settings) reading() Settings {
	return Settings{Mapping: s.Mapping, CancelPrefix: s.CancelPrefix, DateOrder: s.DateOrder, DecimalComma: s.DecimalComma, HeaderRow: s.HeaderRow}
}

// AmountCount is what the amounts of one currency add up to, as decimals.
type AmountCount struct {
	Currency string `json:"currency"`
	Read     string `json:"read"`
	Imported string `json:"imported"`
}

// CodeCount is an unknown customer code and the number of its lines.
type CodeCount struct {
	Code  string `json:"code"`
	Lines int64  `json:"lines"`
}

// ProblemCount is a sort of problem, how many lines have it, and an example.
type ProblemCount struct {
	Code  string         `json:"code"`
	Field string         `json:"field"`
	Lines int64          `json:"lines"`
	Line  int64          `json:"line"`
	Args  map[string]any `json:"args,omitempty"`
}

// Counts are what became of the lines of a file. Imported + Unchanged + SetAside + Refused = Read.
type Counts struct {
	Read             int64          `json:"read"`
	Imported         int64          `json:"imported"`
	Unchanged        int64          `json:"unchanged"`
	SetAside         int64          `json:"set_aside"`
	Refused          int64          `json:"refused"`
	Blank            int64          `json:"blank"`
	CustomersCreated int64          `json:"customers_created"`
	CustomersUpdated int64          `json:"customers_updated"`
	Documents        int64          `json:"documents"`
	Amounts          []AmountCount  `json:"amounts,omitempty"`
	Unknown          []CodeCount    `json:"unknown,omitempty"`
	UnknownCodes     int64          `json:"unknown_codes"` // how many different codes are unknown, at most unknownLimit are counted
	Problems         []ProblemCount `json:"problems,omitempty"`
	Warnings         []errs.Field   `json:"warnings,omitempty"`
	// What reverting did.
	Archived int64 `json:"archived,omitempty"`
	PutBack  int64 `json:"put_back,omitempty"`
	Kept     int64 `json:"kept,omitempty"`
}

// Import is one file and what became of it.
type Import struct {
	ID         int64
	Target     string
	State      State
	FileID     int64
	FileName   string
	Digest     string
	Settings   Settings
	Counts     Counts
	BatchID    int64
	JobID      int64
	ErrorCode  string
	ErrorArgs  map[string]any
	Version    int64
	CreatedBy  int64
	CreatedAt  time.Time
	FinishedAt *int64 // microseconds
	RevertedAt *int64 // microseconds
}

// Outcomes of a line that is kept for people to look at.
const (
	outcomeOK       = ""
	outcomeRefused  = "refused"
	outcomeSetAside = "set_aside"
	outcomeReady    = "ready"
	outcomeImported = "imported"
)

// Line is a line that was refused, set aside or corrected.
type Line struct {
	Line     int64
	Outcome  string
	Cells    []string
	Problems []errs.Field
	Fixed    bool
}

// Mapping is a way to read files: remembered for the same headers, or saved by a person under a name of its own.
type Mapping struct {
	ID       int64
	Target   string
	Name     string
	Named    bool // saved by a person
	Settings Settings
	UserID   int64
	UsedAt   time.Time
}

// FileInput is one file to be imported from the command line. Empty fields take what was remembered for the same headers, then what is guessed.
type FileInput struct {
	Path            string
	Target          string            // customers, or a kind of fact: order, payment, delivery, balance …; plurals are understood
	Profile         string            // name of a saved mapping
	SaveProfile     string            // name under which the mapping is saved once the import is done
	Mapping         map[string]string // as in Settings
	CancelPrefix    string
	CreateCustomers bool
	Mode            string
	DateOrder       string
	DecimalComma    bool
	Sheet           string
	Encoding        string
}

// Result is what became of a file.
type Result struct {
	Counts
	ImportID       int64
	State          State
	Orders         int64         // different documents of the file
	AmountRead     string        // decimal: amounts of all lines whose amount could be read; several currencies are joined by " + "
	AmountImported string        // decimal: amounts of the imported and the unchanged lines
	Elapsed        time.Duration // of reading and writing, without waiting for another import
}
