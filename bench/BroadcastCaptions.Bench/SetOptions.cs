using System.CommandLine;
using BroadcastCaptions.TestKit;

namespace BroadcastCaptions.Bench;

/// <summary>Which recordings are measured: those of a folder with a manifest.</summary>
internal sealed class SetOptions
{
    private readonly Argument<string?> _folder = new("folder") { Description = "Folder with a manifest.tsv (columns file, seconds, kind, language, reference); default: eval/ beside the checkout.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<double> _seconds = new("--max-seconds") { Description = "Longest file.", DefaultValueFactory = _ => 35 };
    private readonly Option<int> _every = new("--every") { Description = "Only every so-manyth file.", DefaultValueFactory = _ => 1 };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(_folder);
        command.Options.Add(_seconds);
        command.Options.Add(_every);
    }

    /// <summary>English files with a transcript.</summary>
    /// <exception cref="InvalidOperationException">There are none.</exception>
    public IReadOnlyList<SpeechFile> Files(ParseResult result)
    {
        var all = result.GetValue(_folder) is { } folder ? SpeechSet.In(folder) : SpeechSet.Evaluation;
        var files = all.Where(file => file is { Language: "en", IsTranscribed: true } && file.Seconds <= result.GetValue(_seconds))
            .Where((_, i) => i % Math.Max(1, result.GetValue(_every)) == 0).ToArray();
        return files.Length > 0 ? files : throw new InvalidOperationException($"No transcribed English speech: eval/ is not beside the checkout ({Places.SharedVariable} names another place), or the folder's manifest.tsv lists none.");
    }
}
