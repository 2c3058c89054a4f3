namespace BroadcastCaptions.Captions.Filters;

/// <summary>
/// Two sources, of which one may hear the other: whether that is so, which of them is the original, and what the other one says of its own.
/// Learnt from finals, and forgotten as they grow old. The numbers were found by replaying what the recogniser made of three minutes of four voices,
/// of the same through simulated loudspeakers and a room into a microphone (at two levels, with noise), of that with somebody speaking beside it, of another
/// voice alone, and of all that in one track.
/// </summary>
/// <param name="first">One source.</param>
/// <param name="second">The other one.</param>
internal sealed class EchoPair(string first, string second)
{
    /// <summary>The share of what was said at the same time that is the same: of two who do not hear each other below 0.1.</summary>
    private const double LeastOfUnknown = 0.6, LeastOfKnown = 0.25;

    /// <summary>Words the same until one is known to hear the other.</summary>
    private const double LeastWords = 4;

    /// <summary>Finals with fewer words beside the other's teach nothing.</summary>
    private const int LeastTaught = 3;

    /// <summary>What a final takes from the weight of those before it.</summary>
    private const double Fading = 0.8, SlowFading = 0.95;

    /// <summary>Probability a word by which the better source is told at first, and by which that is changed.</summary>
    private const double LeastLead = 0.01, ClearLead = 0.03;

    /// <summary>Mean probability below which what a known echo says is not believed to be anybody's.</summary>
    private const double Doubtful = 0.5;

    /// <summary>Of such a segment so much is said while the other one speaks.</summary>
    private const double LeastTogether = 0.9;

    /// <summary>Other words in a row that are the source's own; of a partial, whose last words the other one may not have said yet, more.</summary>
    private const int LeastOwn = 4, LeastOwnOfPartial = 6;

    /// <summary>Seconds of a segment that wait for the other source, as its first answer does: the other one may be about to say the same.</summary>
    private const double Onset = 0.8;

    /// <summary>Seconds after which a segment of which nothing more was heard is not waited for.</summary>
    private const double Patience = 1;

    private string? _original;
    private bool _isSure;
    private double _same, _together, _lead, _weight;

    private bool IsKnown => _same >= LeastWords && _same >= LeastOfKnown * _together;

    /// <summary>Marks what a source has from the other one.</summary>
    /// <param name="own">What it says.</param>
    /// <param name="others">What the other one said lately.</param>
    /// <param name="echoed">Set where a word is an echo.</param>
    public void Judge(EchoSegment own, EchoSegment[] others, bool[] echoed)
    {
        EchoWord[] around = [.. others.Where(segment => segment.End > own.Start - EchoWord.SameTime).SelectMany(segment => segment.Words)];
        var (marks, lead) = Compare(own.Words, around);
        var together = marks.Length - marks.AsSpan().Count(EchoMark.Alone);
        var same = marks.AsSpan().Count(EchoMark.Same);
        var (isKnown, isEcho) = (IsKnown, same > 0 && same >= LeastOfUnknown * together && (together > 1 || together == marks.Length));
        if (!own.IsOpen && together >= LeastTaught) Learn(same, together, own.Source == first ? lead : -lead);
        Choose();
        if (isEcho) _original ??= others[0].Source; // until it is known which of them hears better, whoever said it first
        if (_original != others[0].Source) return;
        if ((isKnown && (same > 0 || own.IsOpen)) || isEcho) EchoRuns.Mark(marks, own.IsOpen ? LeastOwnOfPartial : LeastOwn, surely: isKnown && own.IsOpen, echoed);
        if (isKnown && IsDoubtful(own, together)) MarkTogether(marks, echoed);
        if (isKnown && own.IsOpen) Wait(own, others, marks, echoed);
    }

    /// <summary>Said at the other one's time, and hardly understood: what is left of the other one, or of two voices at once.</summary>
    private static bool IsDoubtful(EchoSegment own, int together) =>
        together > 0 && together >= LeastTogether * own.Words.Length && own.Words.Average(word => word.Probability) < Doubtful;

    private static void MarkTogether(EchoMark[] marks, bool[] echoed)
    {
        for (var i = 0; i < marks.Length; i++) echoed[i] |= marks[i] != EchoMark.Alone;
    }

    private static (EchoMark[] Marks, double Lead) Compare(EchoWord[] own, EchoWord[] around)
    {
        var marks = new EchoMark[own.Length];
        var lead = 0.0;
        for (var i = 0; i < own.Length; i++)
        {
            var word = own[i];
            if (!Array.Exists(around, other => other.IsBeside(word))) continue;
            var twin = Array.FindIndex(around, other => other.MayBe(word));
            marks[i] = twin < 0 ? EchoMark.Other : EchoMark.Same;
            if (twin >= 0) lead += word.Probability - around[twin].Probability;
        }

        return (marks, lead);
    }

    private void Learn(int same, int together, double lead)
    {
        (_same, _together) = ((_same * Fading) + same, (_together * Fading) + together);
        if (2 * same >= together) (_lead, _weight) = ((_lead * SlowFading) + lead, (_weight * SlowFading) + same);
    }

    /// <summary>The original is recognised with more certainty.</summary>
    private void Choose()
    {
        if (_weight < LeastWords) return;
        var lead = _lead / _weight;
        if (Math.Abs(lead) < (_isSure ? ClearLead : LeastLead)) return;
        (_original, _isSure) = (lead > 0 ? first : second, true);
    }

    /// <summary>What the other source has not come to yet may be its own next words.</summary>
    private static void Wait(EchoSegment own, EchoSegment[] others, EchoMark[] marks, bool[] echoed)
    {
        var open = others.Where(segment => segment.IsOpen && own.End - segment.End < Patience).Select(segment => segment.End).DefaultIfEmpty(double.NegativeInfinity).Max();
        var isBeginning = !own.IsShown && (own.IsFirst || own.End - own.Start < Onset);
        for (var i = 0; i < marks.Length; i++)
            if (marks[i] == EchoMark.Alone && (double.IsFinite(open) ? own.Words[i].Start > open - EchoWord.SameTime : isBeginning)) echoed[i] = true;
    }
}
