"""Which fault is injected where: by scenarios (tests/scenario), by unit tests (names as ctest knows
them, a regular expression), by the kill test beside this file, or nowhere, and why."""

KILLED = "F01", "F02"  # what the kill test injects


class Fault:
    """One of the faults to survive. `missing`: what of it nothing injects; `why_not`: it does not
    apply, and why."""

    def __init__(self, name, what, scenarios="", units="", missing="", why_not=""):
        self.name, self.what, self.scenarios = name, what, scenarios.split()
        self.units, self.missing, self.why_not = units, missing, why_not

    @property
    def is_covered(self):
        return bool(self.scenarios or self.units or self.name in KILLED)


FAULTS = (
    Fault("F01", "kill -9 with live calls, at random instants",
          "live_calls_survive_a_kill kill_while_ringing phone_gone_after_a_kill "
          "kill_after_a_move audio_survives_a_kill kill_in_a_menu kill_after_a_transfer "
          "recording_after_a_kill turns_survive_a_crash notices",
          r"store\.KillNine|sip\.Recover|call\.Adopting"),
    Fault("F02", "SIGABRT, SIGSEGV, SIGSTOP and SIGCONT", "abort_and_segfault frozen "
          "frozen_with_audio", missing="no memory left (ulimit -v)"),
    Fault("F03", "the disk is full", "disk_full recording_fails",
          r"store\.Faults/FailingDisk.*/full"),
    Fault("F04", "the database is locked by somebody", "store_locked store_locked_long",
          r"store\.LockedDatabase"),
    Fault("F05", "the database can only be read", "disk_read_only",
          r"store\.Faults/FailingDisk.*/read_only"),
    Fault("F06", "writes and syncs fail (EIO, ENOSPC)", "sync_fails write_errors",
          r"store\.Faults/FailingDisk.*/(write|sync)_error"),
    Fault("F07", "syncs take seconds", "sync_stalls"),
    Fault("F08", "a torn, flipped or old database", "torn_database audit will_not_start",
          r"store\.(Start\.refuses|Open\.refuses|Audit\.)"),
    Fault("F09", "the wall clock jumps", "clock_jumps clock_back_between_kills",
          r"base\.CallIdSource", missing="a leap day"),
    Fault("F10", "broken configuration at a reload",
          "reload last_good_configuration bad_lines_skipped rollback",
          r"config\.(Bad|Disk|KilledRestore)"),
    Fault("F11", "gateways: closed port, silence, 503, 5xx, 6xx, 3xx, 100 only, 180 for ever",
          "gateway_port_closed gateway_silent gateway_asks_for_rest gateway_server_error "
          "gateway_oddities gateway_down_and_back trunk_down_fails_at_once gateway_by_name "
          "silent_phone_then_next unreachable_phones",
          r"sip\.(Gateways|Probe|Breaker|InviteOut)\."),
    Fault("F12", "both sides vanish without a BYE",
          "both_sides_vanish both_sides_vanish_unheard media_lost session_timers"),
    Fault("F13", "the ACK is lost", "lost_ack", r"sip\.InviteIn\.an_answer"),
    Fault("F14", "datagrams lost (1, 5, 20 %), doubled, held up, in another order",
          "lossy_network retransmissions"),
    Fault("F15", "CANCEL against 200, glare, BYE before ACK, BYE against re-INVITE",
          "cancel_crosses_answer glare bye_before_ack two_answers_at_once forked_answer "
          "delayed_offer_race", r"sip\.(Cancel|Bye|Reinvite)\."),
    Fault("F16", "merged requests, loops", "in_dialog_requests",
          r"sip\.InviteIn\.(our_own_call|said_twice)|flows\..*/loop$"),
    Fault("F20", "a flood of calls from one source",
          "more_than_can_be_done overload trunk_limit_per_second malicious_caller",
          r"sip\.(OverloadTest|Arrivals)\."),
    Fault("F21", "a flood of calls from many sources", "flood_from_many_sources"),
    Fault("F22", "scanners", "stranger_gets_silence scanners",
          r"sip\.(Gate|Door|Tcp)\..*stranger|sip\.Door"),
    Fault("F23", "passwords tried by REGISTER", "phone_that_registers",
          r"sip\.(Guessers|Registrar)"),
    Fault("F24", "an old proof of a password sent again", "phone_that_registers",
          r"sip\.(Nonces|Registrar)"),
    Fault("F25", "a peer asks for the password of another", "trunk_digest", r"sip\.Digest\."),
    Fault("F26", "a caller's number that is not its own",
          "asserted_identity hidden_caller presented_number", r"sip\.(Identity|InviteOut\..*hid)"),
    Fault("F27", "huge and misshapen headers", "torture_messages hostile_messages mutated_dialogs",
          r"sip\.(Gate|Uri|Tcp|Memory)\."),
    Fault("F28", "descriptions of media made to break", "hostile_messages media_nobody_can_play",
          r"sip\.(Sdp|SdpAudio)\.|media\.HostileRelay\.(our_own|legs_that_name)"),
    Fault("F29", "foreign audio sprayed at ports", "relay_takes_nothing_foreign",
          r"media\.(HostileRelay|SourceLock|PortRange)\."),
    Fault("F30", "forged RTCP BYE, keys, broken RTP", "", r"media\.(Rtcp|WholeRtcp|Rtp|Digits)\."),
    Fault("F31", "formulas and line ends in exports", "exports_in_libreoffice",
          r"ctl\.(Csv|CsvCells)\."),
    Fault("F32", "SQL in what callers and admins send", "sql_in_every_field"),
    Fault("F33", "line ends and escapes on their way to the log", "lines_in_the_log"),
    Fault("F34", "hostile visitors of the admin API and of metrics", "metrics",
          r"admin\.(AdminServer|PagesTest)\."),
    Fault("F35", "secrets in what is shown", "trunk_digest",
          r"ctl\.ConfigTest\.diff_shows|config\.(Disk\.a_password|Restore\.files_keep)",
          missing="core dumps"),
    Fault("F36", "TLS", why_not="nothing listens for TLS"),
    Fault("F37", "no descriptors, no ports left", "out_of_descriptors ports_used_up",
          missing="no threads, ENOBUFS"),
    Fault("F38", "money: calls at once, its end, payments, refunds, rounding, overflow",
          "five_calls_on_money_for_four two_hundred_until_the_money_ends credit_ends_by_second "
          "credit_ends_by_six recharge_carries_on credit_tone tariff_of_many_parts",
          r"billing\.|base\.Money|simulation\."),
    Fault("F39", "a second server on the same books", "double_start",
          r"store\.Open\.(lets_one|a_lock)"),
    Fault("F40", "TERM, and kill -9 after it", "drain second_term_ends_at_once term_then_kill"),
)
