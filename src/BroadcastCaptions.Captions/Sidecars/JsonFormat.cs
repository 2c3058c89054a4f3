using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using BroadcastCaptions.Speech;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Captions.Sidecars;

/// <summary>
/// JSON for programs: every final with its words, times in seconds, probabilities and language, as events have them. Fields are
/// only ever added.
/// </summary>
/// <param name="about">What is known of the whole; null: nothing.</param>
internal sealed class JsonFormat(RecordingFacts? about = null) : SidecarFormat
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <inheritdoc/>
    public override string Extension => ".json";

    /// <inheritdoc/>
    public override bool NumbersLosses => true;

    /// <inheritdoc/>
    public override string Footer => "\n]}\n";

    /// <inheritdoc/>
    public override string Header(DateTimeOffset? zero)
    {
        var facts = JsonSerializer.Serialize(
            new { v = 1, zero, file = about?.File, duration = about?.Duration is { } seconds ? Seconds(seconds) : (double?)null, language = about?.Language, model = about?.Model },
            Options);
        return $"{facts[..^1]},\"segments\":[\n";
    }

    /// <summary>A final as it stands in the file, on one line.</summary>
    public static string Segment(Transcript final, string speaker = "") => JsonSerializer.Serialize(
        new
        {
            start = Seconds(final.Words[0].Start.Seconds),
            end = Seconds(final.Words[^1].End.Seconds),
            language = final.Language,
            speaker = speaker.Length == 0 ? null : speaker,
            text = final.Text,
            words = final.Words.Select(word => new { text = word.Text, start = Seconds(word.Start.Seconds), end = Seconds(word.End.Seconds), probability = Math.Round(word.Probability, 4) }),
        },
        Options);

    /// <inheritdoc/>
    public override IReadOnlyList<SidecarCue> Compose(Transcript final, string speaker) =>
        [new SidecarCue(final.Source, speaker, final.Words[0].Start, final.Words[^1].End, final.Words[^1].End, [Segment(final, speaker)], final.Language)];

    /// <inheritdoc/>
    public override SidecarEntry Render(SidecarCue cue, int number) => new((number == 1 ? "" : ",\n") + cue.Lines[0]);

    /// <inheritdoc/>
    public override SidecarEntry RenderLoss(MediaTime from, MediaTime to, int number) =>
        new((number == 1 ? "" : ",\n") + JsonSerializer.Serialize(new { lost = new { start = Seconds(from.Seconds), end = Seconds(to.Seconds) } }, Options));

    private static double Seconds(double seconds) => Math.Round(seconds, 3);
}
