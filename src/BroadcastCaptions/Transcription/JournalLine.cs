using System.Text.Json.Serialization;
using BroadcastCaptions.Speech;

namespace BroadcastCaptions.Transcription;

/// <summary>A final as a journal keeps it, times in seconds of media time.</summary>
internal sealed record JournalLine(long Segment, double Start, double End, string Language, IReadOnlyList<JournalWord> Words)
{
    /// <summary>The line of a final.</summary>
    public static JournalLine Of(Transcript final) => new(
        final.Segment, final.Start.Seconds, final.End.Seconds, final.Language,
        [.. final.Words.Select(word => new JournalWord(word.Text, word.Start.Seconds, word.End.Seconds, word.Probability, word.SpaceBefore))]);

    /// <summary>The final again.</summary>
    public Transcript ToTranscript() => new(
        "file", Segment, 1, IsFinal: true, new(Start), new(End), Language,
        [.. Words.Select(word => new TimedWord(word.Text, new(word.Start), new(word.End), word.Probability, word.Space))], Words.Count);
}

/// <summary>A word of it.</summary>
internal sealed record JournalWord(string Text, double Start, double End, double Probability, bool Space);

[JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(JournalKey))]
[JsonSerializable(typeof(JournalLine))]
internal sealed partial class JournalJson : JsonSerializerContext;
