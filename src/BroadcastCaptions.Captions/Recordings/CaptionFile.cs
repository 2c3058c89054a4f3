using System.Text;
using BroadcastCaptions.Captions.Sidecars;
using BroadcastCaptions.Speech;

namespace BroadcastCaptions.Captions;

/// <summary>Writes a whole recording's captions in one go: under another name first, so that what bears the name is complete.</summary>
public static class CaptionFile
{
    private const string Unfinished = ".part";

    /// <summary>Writes a file; one of that name is replaced.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">Its kind.</param>
    /// <param name="finals">The finals in order; taken one by one.</param>
    /// <param name="about">What is known of the recording.</param>
    /// <exception cref="IOException">It could not be written; what was there is still there.</exception>
    public static void Write(string path, CaptionFormat format, IEnumerable<Transcript> finals, RecordingFacts about)
    {
        try
        {
            using (var file = new FileStream(path + Unfinished, FileMode.Create, FileAccess.Write, FileShare.Read))
            {
                using (var text = new StreamWriter(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" })
                    Write(text, CaptionFormats.Writer(format, about), finals);
                file.Flush(flushToDisk: true);
            }

            File.Move(path + Unfinished, path, overwrite: true);
        }
        catch
        {
            File.Delete(path + Unfinished);
            throw;
        }
    }

    private static void Write(StreamWriter text, SidecarFormat format, IEnumerable<Transcript> finals)
    {
        text.Write(format.Header(zero: null));
        var number = 0;
        SidecarCue? waiting = null; // until it is known when the next one begins
        foreach (var cue in finals.Where(final => final.Words.Count > 0).SelectMany(final => format.Compose(final, speaker: "")))
        {
            if (waiting is not null) text.Write(format.Render(waiting with { End = CueRules.EndBefore(waiting, cue.Start) }, ++number).Text);
            waiting = cue;
        }

        if (waiting is not null) text.Write(format.Render(waiting, ++number).Text);
        text.Write(format.Footer);
    }
}
