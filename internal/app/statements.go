package app

// stateService has the features tell statements of service what was done for a customer, in the order in which it is listed.
func (s *Services) stateService() {
	s.Statements.Add(s.Duties.Rendered())
	s.Statements.Add(s.Visits.Rendered()...)
	s.Statements.Add(s.Messages.Rendered(), s.Procedures.Rendered(), s.Promises.Rendered(), s.Gifts.Rendered(), s.Seminars.Rendered())
}
