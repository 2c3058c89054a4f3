using System.Text.Encodings.Web;
using System.Text.Json;
using BroadcastCaptions.Captions;
using BroadcastCaptions.Speech;
using BroadcastCaptions.Terminal;

namespace BroadcastCaptions.Transcription;

/// <summary>--json: one document of results on standard output, written file by file, so that it never lies in memory as a whole.</summary>
internal sealed class ResultDocument : IDisposable
{
    private readonly Stream _output = StandardStreams.OpenOutput();
    private readonly Utf8JsonWriter _json;

    public ResultDocument()
    {
        _json = new(_output, new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        _json.WriteStartObject();
        _json.WriteNumber("v", 1);
        _json.WriteStartArray("files");
    }

    /// <summary>Adds a file's result.</summary>
    public void Add(JobResult result, IEnumerable<Transcript> finals)
    {
        _json.WriteStartObject();
        _json.WriteString("file", result.Job.Path);
        _json.WriteString("state", result.State.ToString().ToLowerInvariant());
        _json.WriteStartArray("outputs");
        foreach (var output in result.Outputs) _json.WriteStringValue(output);
        _json.WriteEndArray();
        if (result.Warning is not null) _json.WriteString("warning", result.Warning);
        if (result.Failure is { } failure)
        {
            _json.WriteString("message", failure.Message);
            _json.WriteString("remedy", failure.Remedy);
        }

        if (result.State == JobState.Done) AddHeard(result, finals);
        _json.WriteEndObject();
        _json.Flush();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.Dispose();
        _output.Write("\n"u8);
        _output.Dispose();
    }

    private void AddHeard(JobResult result, IEnumerable<Transcript> finals)
    {
        _json.WriteNumber("duration", Math.Round(result.Duration, 3));
        _json.WriteNumber("took", Math.Round(result.Took, 3));
        _json.WriteNumber("speed", Math.Round(result.Speed, 1));
        _json.WriteString("language", result.Language);
        _json.WriteStartArray("segments");
        foreach (var final in finals) _json.WriteRawValue(CaptionFormats.Json(final));
        _json.WriteEndArray();
    }
}
