"""What Kavenegar's REST interface expects and answers, as values of a gateway.

Its local ids are whole numbers, and it sends a message with an id it knows only once.
"""

KAVENEGAR = {
    "method": "POST",
    "url": "https://api.kavenegar.com/v1/{api_key}/sms/send.json",
    "headers": "Content-Type: application/x-www-form-urlencoded",
    "body_format": "url",
    "body": "receptor={number}&message={text}&sender={sender}&localid={local_serial}",
    "success_pattern": r'"return"\s*:\s*\{\s*"status"\s*:\s*200\b',
    # 409 and 451 ask for another attempt later.
    "refusal_pattern": r'"return"\s*:\s*\{\s*"status"\s*:\s*4(?!09|51)\d\d\b',
    "reference_pattern": r'"messageid"\s*:\s*"?(\d+)',
    "status_url": "https://api.kavenegar.com/v1/{api_key}/sms/statuslocalmessageid.json"
    "?localid={local_serial}",
    "status_sent_pattern": r'"status"\s*:\s*(1|2|4|5)\b',
    "status_delivered_pattern": r'"status"\s*:\s*10\b',
    "status_failed_pattern": r'"status"\s*:\s*(6|11|13|14)\b',
    "status_absent_pattern": r'"status"\s*:\s*100\b',
    "report_reference": "messageid",
    "report_state": "status",
    "report_delivered": "10",
    "report_failed": "6,11,13,14",
    "inbound_number": "from",
    "inbound_text": "message",
    "inbound_reference": "messageid",
}
