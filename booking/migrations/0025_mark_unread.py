"""What was marked as read, to be taken back: empty for every request there is, so that nothing is rewritten."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('booking', '0024_feeds_on_record_checks'),
    ]

    operations = [
        migrations.AddField(
            model_name='consultationrequest',
            name='read_news',
            field=models.CharField(blank=True, choices=[('reply', 'Wrote to us'), ('none-suit', 'None of the times suits'), ('lapsed', 'The offered times ran out'), ('move', 'Asks to move the visit'), ('cancelled', 'Cancelled the visit')], db_comment='keep: no personal data', db_default='', default='', max_length=10),
        ),
        migrations.AlterField(
            model_name='event',
            name='verb',
            field=models.CharField(choices=[('submit', 'Send request'), ('take_call', 'New from a call'), ('start_review', 'Start review'), ('assign', 'Assign'), ('set_priority', 'Set priority'), ('log_contact', 'Log a call'), ('amend_details', 'Correct details'), ('ask_patient', 'Ask patient'), ('reply', 'Reply'), ('write', 'Write to us'), ('answer', 'Write to patient'), ('mark_read', 'Mark as read'), ('mark_unread', 'Mark as unread'), ('offer_times', 'Offer times'), ('accept_time', 'Accept a time'), ('decline_times', 'None of these times'), ('lapse_offers', 'Offers ran out'), ('book_time', 'Book a time'), ('move_visit', 'Move visit'), ('ask_to_move', 'Ask to move the visit'), ('wish_earlier', 'Earlier time wanted'), ('ask_earlier', 'Ask for an earlier time'), ('cancel_visit', 'Cancel visit'), ('mark_seen', 'Mark seen'), ('mark_no_show', 'Mark no-show'), ('decline', 'Decline'), ('close', 'Close'), ('withdraw', 'Withdraw'), ('reopen', 'Reopen'), ('merge', 'Merge'), ('change_contact', 'Change contact details'), ('renew_link', 'Send a new link'), ('revoke_links', 'Shut the links'), ('move_promise', 'Promise moved'), ('record_access', 'Record access'), ('erase', 'Erase')], db_comment='keep: no personal data', max_length=20),
        ),
    ]
