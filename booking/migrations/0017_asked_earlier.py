"""How long ahead of an earlier time a patient must hear of it: a default in the database, no rewrite."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('booking', '0016_index_of_call_backs'),
    ]

    operations = [
        migrations.AddField(
            model_name='earlierwish',
            name='ahead',
            field=models.CharField(blank=True, choices=[('same-day', 'On the same day'), ('day', '1 day before'), ('days', '3 days before'), ('week', '1 week before')], db_comment='keep: no personal data', db_default='', default='', max_length=10),
        ),
        migrations.AlterField(
            model_name='event',
            name='verb',
            field=models.CharField(choices=[('submit', 'Send request'), ('take_call', 'New from a call'), ('start_review', 'Start review'), ('assign', 'Assign'), ('set_priority', 'Set priority'), ('log_contact', 'Log a call'), ('amend_details', 'Correct details'), ('ask_patient', 'Ask patient'), ('reply', 'Reply'), ('write', 'Write to us'), ('answer', 'Write to patient'), ('mark_read', 'Mark as read'), ('offer_times', 'Offer times'), ('accept_time', 'Accept a time'), ('decline_times', 'None of these times'), ('lapse_offers', 'Offers ran out'), ('book_time', 'Book a time'), ('move_visit', 'Move visit'), ('ask_to_move', 'Ask to move the visit'), ('wish_earlier', 'Earlier time wanted'), ('ask_earlier', 'Ask for an earlier time'), ('cancel_visit', 'Cancel visit'), ('mark_seen', 'Mark seen'), ('mark_no_show', 'Mark no-show'), ('decline', 'Decline'), ('close', 'Close'), ('withdraw', 'Withdraw'), ('reopen', 'Reopen'), ('merge', 'Merge'), ('change_contact', 'Change contact details'), ('renew_link', 'Send a new link'), ('revoke_links', 'Shut the links'), ('move_promise', 'Promise moved'), ('record_access', 'Record access'), ('erase', 'Erase')], db_comment='keep: no personal data', max_length=20),
        ),
    ]
