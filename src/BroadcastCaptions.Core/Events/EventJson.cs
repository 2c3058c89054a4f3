using System.Text.Encodings.Web;
using System.Text.Json;
using BroadcastCaptions.Audio;
using BroadcastCaptions.Captions;
using BroadcastCaptions.Speech;

namespace BroadcastCaptions.Events;

/// <summary>
/// The published form of events, one JSON object each, the same in <c>--json</c> and over the WebSocket API. Fields are
/// only ever added. Times in seconds of media time.
/// </summary>
public static class EventJson
{
    /// <summary>Version of the form, the field <c>v</c>.</summary>
    public const int Version = 1;

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The event as one line of JSON, without a line end.</summary>
    public static string Write(CaptionEvent captionEvent)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Compact))
        {
            json.WriteStartObject();
            json.WriteNumber("v", Version);
            json.WriteString("type", TypeOf(captionEvent));
            Body(json, captionEvent);
            Number(json, "emitted", captionEvent.Emitted.Seconds);
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static string TypeOf(CaptionEvent captionEvent) => captionEvent switch
    {
        TranscriptEvent e => e.Transcript.IsFinal ? "final" : "partial",
        CueEvent => "cue",
        RetractEvent => "retract",
        ClearEvent => "clear",
        SourceEvent => "source",
        StateEvent => "state",
        MetricsEvent => "metrics",
        _ => throw new ArgumentOutOfRangeException(nameof(captionEvent), captionEvent.GetType().Name, "An event without a published form."),
    };

    private static void Body(Utf8JsonWriter json, CaptionEvent captionEvent)
    {
        switch (captionEvent)
        {
            case TranscriptEvent e: Transcript(json, e.Transcript); break;
            case CueEvent e: Cue(json, e.Cue); break;
            case RetractEvent e: json.WriteNumber("id", e.Id); break;
            case SourceEvent e: Source(json, e.Source); break;
            case StateEvent e: State(json, e.State); break;
            case MetricsEvent e: foreach (var (name, value) in e.Values) Number(json, name, value); break;
        }
    }

    private static void Transcript(Utf8JsonWriter json, Transcript transcript)
    {
        json.WriteString("source", transcript.Source);
        json.WriteNumber("segment", transcript.Segment);
        json.WriteNumber("revision", transcript.Revision);
        Number(json, "start", transcript.Start.Seconds);
        Number(json, "end", transcript.End.Seconds);
        json.WriteString("language", transcript.Language);
        json.WriteString("text", transcript.Text);
        json.WriteNumber("stable", transcript.StableWords);
        Words(json, transcript.Words);
        if (!transcript.IsFinal) return;
        json.WriteStartObject("recognized");
        json.WriteString("text", TimedWord.Join(transcript.Recognized));
        Words(json, transcript.Recognized);
        json.WriteEndObject();
    }

    private static void Words(Utf8JsonWriter json, IReadOnlyList<TimedWord> words)
    {
        json.WriteStartArray("words");
        foreach (var word in words)
        {
            json.WriteStartObject();
            json.WriteString("text", word.Text);
            Number(json, "start", word.Start.Seconds);
            Number(json, "end", word.End.Seconds);
            Number(json, "probability", word.Probability);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Cue(Utf8JsonWriter json, CaptionCue cue)
    {
        json.WriteNumber("id", cue.Id);
        json.WriteNumber("revision", cue.Revision);
        Number(json, "start", cue.Start.Seconds);
        Number(json, "end", cue.End.Seconds);
        json.WriteStartArray("lines");
        foreach (var line in cue.Lines)
        {
            json.WriteStartObject();
            json.WriteString("text", line.Text);
            json.WriteString("source", line.Source);
            json.WriteNumber("stable", line.StableLength);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Source(Utf8JsonWriter json, AudioSource source)
    {
        json.WriteString("source", source.Id);
        json.WriteString("label", source.Label);
        json.WriteString("colour", source.Colour);
    }

    private static void State(Utf8JsonWriter json, ComponentState state)
    {
        json.WriteString("component", state.Component);
        json.WriteString("health", state.Health.ToString().ToLowerInvariant());
        json.WriteString("detail", state.Detail);
        json.WriteString("remedy", state.Remedy);
    }

    private static void Number(Utf8JsonWriter json, string name, double value) => json.WriteNumber(name, Math.Round(value, 3));
}
