"""Every column that names a person either moves when two accounts become one, or is listed here with the reason why not."""

from django.apps import apps

from kenes.accounts.models import User

# Moved by the sections that the apps register with `accounts.merging`.
MOVED = {
    "cases.CreditorAnswer.given_by",
    "cases.IncomingLetter.assignee",
    "cases.IncomingLetter.registered_by",
    "cases.OfferReply.given_by",
    "specialists.Booking.borrower",
    "specialists.HelpRequest.borrower",
    "specialists.Host.user",
    "specialists.MediationSession.mediator",
    "specialists.Proposal.specialist",
    "documents.CaseExport.requested_by",
    "cases.CommentMention.person",
    "cases.CommentFile.uploaded_by",
    "accounts.Consent.person",
    "accounts.DataRead.person",
    "accounts.Impersonation.person",
    "accounts.Membership.user",
    "accounts.OneTimeCode.person",
    "accounts.PersonalDataRequest.person",
    "accounts.PowerOfAttorney.principal",
    "accounts.PowerOfAttorney.representative",
    "accounts.ProgramConsent.user",
    "accounts.RoleGrant.user",
    "accounts.SpecialistProfile.user",
    "cases.Case.borrower",
    "cases.CaseEvent.recorded_by_id",
    "cases.EligibilityCheck.answered_by",
    "cases.RecordedConsent.person",
    "cases.RecordedConsent.recorded_by",
    "cases.MissingPaper.asked_by_id",
    "cases.MissingPaper.settled_by_id",
    "cases.Comment.author",
    "cases.FieldChange.changed_by_id",
    "cases.Party.user",
    "cases.SearchEntry.writer_id",
    "files.StoredFile.owner_id",
    "files.StoredFile.uploaded_by",
    "files.Upload.person_id",
    "messaging.Message.person_id",
    "signing.SignatureRequest.principal",
    "signing.SignatureRequest.signer",
    "signing.SigningRound.created_by",
    "socialaccount.SocialAccount.user",
}
# Ways into the closed account and how it liked its lists: they end with it.
ENDS = {
    "account.EmailAddress.user",
    "accounts.AppSignIn.user",
    "accounts.TrustedDevice.user",
    "cases.CaseSeen.user",
    "cases.ListPreference.user",
    "cases.SavedView.owner",
    "allauth_idp_oidc.Token.user",
    "mfa.Authenticator.user",
    "usersessions.UserSession.user",
    "signing.TextDelivery.person_id",  # of a session, which ends with the account; it is read anew
}
# Says who did something at a time: history is not rewritten, and accounts with rights of staff are never merged away.
HISTORY = {
    "cases.Case.activity_by_id",
    "cases.ListJob.owner",
    "cases.Tag.created_by_id",
    "cases.MissingPaper.reviewed_by_id",
    "cases.PaperFinding.decided_by_id",
    "cases.Comment.removed_by",
    "cases.CaseTag.added_by_id",
    "cases.CaseLink.created_by_id",
    "cases.DeadlineChange.changed_by_id",
    "cases.StepOffer.chosen_by_id",
    "documents.TemplateTrial.requested_by",
    "documents.TemplateVersion.author",
    "documents.TemplateVersion.decided_by",
    "law.LawChange.author",
    "law.LawChange.decided_by",
    "cases.ScheduleRow.paid_by",
    "cases.ScheduleRow.confirmed_by",
    "cases.PaymentSchedule.given_by",
    "cases.DebtSplit.given_by",
    "accounts.CustomRole.created_by",
    "accounts.DataRead.reader",
    "accounts.DuplicateClaim.claimant",
    "accounts.DuplicateClaim.holder",
    "accounts.DuplicateClaim.resolved_by",
    "accounts.Impersonation.staff",
    "accounts.Invitation.accepted_by",
    "accounts.Invitation.invited_by",
    "accounts.Organisation.checked_by",
    "accounts.PersonalDataRequest.decided_by",
    "accounts.PersonalDataRequest.requested_by",
    "accounts.PersonalDataRequest.started_by",
    "accounts.PowerOfAttorney.checked_by",
    "accounts.PowerOfAttorney.created_by",
    "accounts.PowerOfAttorney.revoked_by",
    "accounts.Program.created_by",
    "accounts.Program.revoked_by",
    "accounts.Program.service_user",
    "accounts.Remark.written_by",
    "accounts.RoleGrant.granted_by",
    "accounts.RoleGrant.revoked_by",
    "accounts.SpecialistProfile.checked_by",
    "accounts.User.merged_into",
    "admin.LogEntry.user",
    "allauth_idp_oidc.Client.owner",
    "cases.Absence.substitute",
    "cases.Absence.user",
    "cases.PartyInvitation.answered_by",
    "cases.PartyInvitation.invited_by",
    "cases.QueueMember.user",
    "cases.Workplace.user",
    "cases.Case.assignee",
    "cases.Reveal.user",
    "creditors.Creditor.created_by_id",
    "creditors.CreditorAddress.added_by_id",
    "creditors.CreditorAddress.confirmed_by_id",
    "event_log.EventStream.subject_id",
    "accounts.Remark.subject_id",
    "files.StoredFile.released_by",
    "signing.Signature.principal",  # as the one who signed
    "signing.SignedPaper.checked_by",
    "signing.SignedPaper.handed_in_by",
    "signing.Signature.signer",  # proof of who signed; the database refuses a change
}
# UUID columns that name something else.
NOT_PEOPLE = {
    "cases.CaseDeadline.met_fact_id",
    "cases.CreditorAnswer.file_id",
    "cases.ListJob.file_id",
    "cases.MissingPaper.file_id",
    "cases.PaperReading.file_id",
    "cases.RequestedPaper.file_id",
    "cases.SearchEntry.organisation_id",
    "cases.SearchEntry.ref_id",  # the text that is found, in its own table
    "cases.DeadlineChange.law_change_id",
    "cases.DeadlineReminder.message_id",
    "cases.PaymentReminder.message_id",
    "cases.TermRecount.cursor",
    "cases.TermRecount.law_change_id",
    "accounts.DataRead.case_id",
    "accounts.OneTimeCode.message_id",
    "accounts.PersonalDataRequest.file_id",
    "accounts.PowerOfAttorney.document_file_id",
    "accounts.SpecialistProfile.proof_file_id",
    "accounts.User.photo_file_id",
    "cases.CaseShare.document_id",
    "documents.Dispatch.message_id",
    "documents.Document.group",
    "messaging.Message.case_id",
    "outbox.OutboxRow.token",
    "signing.VerificationRecord.archive_file_id",
    "signing.VerificationRecord.sealed_file_id",
    "specialists.Proposal.party_id",  # the part that the chosen specialist takes
}


def _columns_of_people() -> set[str]:
    found = set()
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if not getattr(field, "concrete", False):
                continue
            # A row of one person may have his id for its key.
            names_person = field.is_relation and field.related_model is User
            plain_id = not field.is_relation and field.get_internal_type() == "UUIDField"
            if names_person or (plain_id and not getattr(field, "primary_key", False)):
                found.add(f"{model._meta.label}.{field.name}")
    return found


def test_every_column_that_names_a_person_is_decided() -> None:
    decided = MOVED | ENDS | HISTORY | NOT_PEOPLE
    found = _columns_of_people()
    assert found - decided == set(), "say what happens to these when two accounts are merged"
    assert decided - found == set(), "these are no more"
