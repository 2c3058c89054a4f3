using BroadcastCaptions.Speech;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Captions.Sidecars;

/// <summary>SubRip. It has no remarks, so a lost span is named by a cue.</summary>
internal sealed class SrtFormat : SidecarFormat
{
    private const string Arrow = " --> ";

    /// <inheritdoc/>
    public override string Extension => ".srt";

    /// <inheritdoc/>
    public override bool NumbersLosses => true;

    /// <inheritdoc/>
    public override IReadOnlyList<SidecarCue> Compose(Transcript final, string speaker) => CueBuilder.Build(final, speaker, Prefix(speaker));

    /// <inheritdoc/>
    public override SidecarEntry Render(SidecarCue cue, int number)
    {
        var head = $"{number}\n{Time(cue.Start)}{Arrow}";
        return new SidecarEntry($"{head}{Time(cue.End)}\n{string.Join('\n', cue.Lines)}\n\n", head.Length);
    }

    /// <inheritdoc/>
    public override SidecarEntry RenderLoss(MediaTime from, MediaTime to, int number)
    {
        var end = MediaTime.Min(to, from.Plus(CueRules.Longest));
        return new SidecarEntry($"{number}\n{Time(from)}{Arrow}{Time(end)}\n[captions lost from {from} to {to}]\n\n");
    }

    /// <inheritdoc/>
    public override string Time(MediaTime at) => Clock(at, ',');
}
