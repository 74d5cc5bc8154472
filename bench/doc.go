// Command bench measures what the product promises about speed, each figure beside its target and, where there is one, beside a baseline
// taken in the same run on the same machine. `make bench` runs it.
//
// It makes a company of 10,000 organisations with 250,000 contacts and 5,000,000 facts, 25,000 of them deals, keeps its
// database between runs, and works on a copy. Requests go through the HTTP handler in this process, so the times are those
// of the server with sign-in check, permissions, SQL and JSON, without a network. It always ends with exit code 0 when the measuring itself
// worked; whether a figure keeps its target is said on its line.
//
// The section procedures makes 100,000 open cases in an empty database, lets two hundred people act on them, and then counts: an act
// acknowledged and not there exactly once is an error of the product, whatever its speed. `--act-for 60s` is the long run. It then
// lets the clock look over 1,000,000 open steps of which none, every hundredth or all are late.
//
// The section grading-million grades a million customers with ten facts each beside one hand-written statement, on SQLite and on the
// PostgreSQL server that KEZHI_TEST_POSTGRES names. `--system sqlite` or `--system postgres` takes one of the two, `--customers 100000` a
// smaller company; each step runs in a process of its own. `--step grade --dir DIR --cpuprofile FILE` is one of them by itself, in DIR
// or in the database `--db`.
//
// The section planning plans a year of duties for 100,000 customers (`--planned N` for another number) on both databases, and once more:
// the second time must open nothing. The section day opens the workbench of managers with five hundred customers each in a house of a million
// (`--customers N` for another number), the pages of the heads of units, and the compliance of the whole house.
package main
