// Package infoclass says how secret what is known about a customer is, who may see, change or pass it on, and shows it to nobody else.
//
// Every field has a class: A (strictly secret), B (secret) or C (ordinary); a customer whose own information has a level raises the class of
// the fields that follow it. A and B are masked in every answer and every file. Whoever was granted the operation opens a field for some
// minutes by saying what for (a look); files show what the person may pass on.
//
// It owns the tables info_class, info_right, info_request, info_grant, info_look, info_out and info_trained. It does not own the values: it reads
// customer (unit and owner), standing (the level), segment_member, unit, app_user and user_role in its SQL and writes none of them.
//
//	          refuse                 withdraw
//	refused ◀──────── asked ────▶ granted ────▶ withdrawn
//	                   │ A: security and IT agree, two people, neither of them the asker; B: security agrees
//	                   ▼
//	               taken back by the asker
//
// Invariants:
//   - Masking is decided in one place, Sight.Show; the answers of the API pass through it by the tag info of their fields (walk.go), files by themselves.
//   - Class A and B show nothing without a look (or, in files, a grant to pass on) that holds at that moment: the grant neither ended nor withdrawn,
//     and for B the person trained at that moment. A look and its audit entry are one transaction.
//   - Nobody approves what he asked for, nor both sides of class A, nor a grant to himself.
//   - A mask that comes back in an input means "as it was" and never overwrites the value.
//
// Permissions: info.read (classes, grants, looks), info.manage (classes, field rights, limits), info.ask, info.security, info.it; self for one's own.
//
// Jobs: info.daily tells of grants that are to be looked through again.
package infoclass
