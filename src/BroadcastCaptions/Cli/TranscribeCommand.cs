using System.CommandLine;
using BroadcastCaptions.Captions;
using BroadcastCaptions.Configuration;
using BroadcastCaptions.Failures;
using BroadcastCaptions.Library;
using BroadcastCaptions.Speech.Recordings;
using BroadcastCaptions.Transcription;

namespace BroadcastCaptions.Cli;

/// <summary>'captions transcribe': recordings to caption files.</summary>
internal static class TranscribeCommand
{
    private const int LargestBatch = 64;

    private static readonly Argument<string[]> Files = new("files") { Description = "Recordings, audio or video, and folders of them.", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<string?> Out = new("--out") { Description = "Write the caption files into this folder (default: beside each recording).", HelpName = "FOLDER" };
    private static readonly Option<string[]> Format = new("--format", "-f") { Description = "srt (default), vtt, ttml, json, txt or all; several at once: srt,vtt.", HelpName = "FORMATS", DefaultValueFactory = _ => ["srt"] };
    private static readonly Option<string?> Language = new("--language") { Description = "The language spoken: de, de-AT or German (default: the model finds out, where it knows several).", HelpName = "LANGUAGE" };
    private static readonly Option<string> Task = new("--task") { Description = "transcribe (default), or translate into English.", DefaultValueFactory = _ => "transcribe" };
    private static readonly Option<string> Mode = new("--mode") { Description = "fast (default) or accurate, for models that have the choice.", DefaultValueFactory = _ => "fast" };
    private static readonly Option<int?> BatchSize = new("--batch-size") { Description = $"Passes of the model at once, 1 to {LargestBatch}, for models that can: Whisper's in fast mode (default: what this machine has memory for).", HelpName = "N" };
    private static readonly Option<string?> Prompt = new("--prompt") { Description = "Text that the model takes for what was said before: names, spelling, style (Whisper's models).", HelpName = "TEXT" };
    private static readonly Option<string[]> Keyterms = new("--keyterms") { Description = "Words and names that are likely to be said, as they are to be written: Ada,Kubernetes (Whisper's models).", HelpName = "WORDS", DefaultValueFactory = _ => [] };
    private static readonly Option<int> BeamSize = new("--beam-size") { Description = "Texts that are pursued side by side, 1 (default) to 10: slower, a little more accurate (Whisper's models).", HelpName = "N", DefaultValueFactory = _ => 1 };
    private static readonly Option<bool> Overwrite = new("--overwrite") { Description = "Make caption files anew that are there already." };

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var (json, config) = (CommonOptions.Json(), CommonOptions.Config());
        var settings = CommonOptions.Files();
        var command = new Command("transcribe", """
            Writes caption files of recordings: WAV, and whatever FFmpeg reads where it is installed, audio or video.

            What is finished is kept: files that are there already are skipped, and a run that was interrupted goes on where it was.

            Examples:
              captions transcribe talk.mp4                          talk.srt beside it
              captions transcribe talk.mp4 --format srt,vtt,json
              captions transcribe recordings --out captions         every recording in the folder and its folders
              captions transcribe *.wav --model moonshine-base --threads 2
              captions transcribe talk.wav --model whisper-small.en --keyterms "Ada Lovelace,Babbage"
              captions transcribe talk.wav --json | jq -r '.files[].segments[].text'
            """) { Files, Out, Format, Language, Task, Mode, BatchSize, Prompt, Keyterms, BeamSize, Overwrite, json, config };
        settings.AddTo(command);
        Task.AcceptOnlyFromAmong("transcribe", "translate");
        Mode.AcceptOnlyFromAmong("fast", "accurate");
        Format.CompletionSources.Add(["srt", "vtt", "ttml", "json", "txt", "all"]);
        command.SetAction(async (result, cancellation) =>
        {
            var options = OptionsLoader.Load(result.GetValue(config), settings.Read(result));
            var wanted = new TranscriptionOptions
            {
                Language = result.GetValue(Language),
                Task = Enum.Parse<SpeechTask>(result.GetValue(Task)!, ignoreCase: true),
                Mode = Enum.Parse<RecordingMode>(result.GetValue(Mode)!, ignoreCase: true),
                BatchSize = Checked(result.GetValue(BatchSize)),
                Prompt = result.GetValue(Prompt),
                Keyterms = [.. result.GetValue(Keyterms)!.SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))],
                BeamSize = result.GetValue(BeamSize),
            };
            var request = new TranscribeRequest(
                result.GetValue(Files)!, result.GetValue(Out), Formats(result.GetValue(Format)!), result.GetValue(Overwrite), result.GetValue(json), options, wanted);
            return (int)await TranscribeSession.RunAsync(request, cancellation);
        });
        return command;
    }

    private static CaptionFormat[] Formats(IEnumerable<string> given)
    {
        var names = given.SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToArray();
        if (names.Contains("all", StringComparer.OrdinalIgnoreCase)) return Enum.GetValues<CaptionFormat>();
        return [.. names.Select(name => CaptionFormats.Of("." + name) ?? throw new CaptionsException(
            $"--format: there is no \"{name}\"; srt, vtt, ttml, json, txt and all are allowed.", "Correct --format.", ExitCode.Usage)).Distinct()];
    }

    private static int? Checked(int? batch) => batch is null or (>= 1 and <= LargestBatch) ? batch : throw new CaptionsException(
        $"--batch-size is {batch}; 1 to {LargestBatch} is allowed.", "Correct --batch-size, or leave it out.", ExitCode.Usage);
}
