using BroadcastCaptions.Speech;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Captions.Sidecars;

/// <summary>Plain text for reading: one line a final.</summary>
internal sealed class TxtFormat : SidecarFormat
{
    /// <inheritdoc/>
    public override string Extension => ".txt";

    /// <inheritdoc/>
    public override IReadOnlyList<SidecarCue> Compose(Transcript final, string speaker) =>
        [new SidecarCue(final.Source, speaker, final.Words[0].Start, final.Words[^1].End, final.Words[^1].End, [Prefix(speaker) + final.Text])];

    /// <inheritdoc/>
    public override SidecarEntry Render(SidecarCue cue, int number) => new(cue.Lines[0] + "\n");

    /// <inheritdoc/>
    public override SidecarEntry RenderLoss(MediaTime from, MediaTime to, int number) => new($"[captions lost from {from} to {to}]\n");
}
