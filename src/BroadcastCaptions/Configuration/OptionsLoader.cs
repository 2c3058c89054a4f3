using System.Text.Json;
using BroadcastCaptions.Failures;
using BroadcastCaptions.Options;
using BroadcastCaptions.Platform;
using BroadcastCaptions.Speech;
using Microsoft.Extensions.Configuration;

namespace BroadcastCaptions.Configuration;

/// <summary>Reads the options: captions.json, then CAPTIONS__… variables, then the command line; the last one wins.</summary>
internal static class OptionsLoader
{
    /// <summary>The name of the configuration file.</summary>
    public const string FileName = "captions.json";

    private const string EnvironmentPrefix = "CAPTIONS__";
    private const string Mend = "Correct it, or delete it to go back to the defaults.";

    /// <summary>Where captions.json lies when no other place is named.</summary>
    public static string DefaultPath => Path.Combine(AppFolders.Configuration, FileName);

    /// <summary>Loads and checks the options.</summary>
    /// <param name="path">Another configuration file; null: the default place, where it may be missing.</param>
    /// <param name="commandLine">The options that the user gave.</param>
    /// <exception cref="CaptionsException">Broken JSON, an unknown key, or a value that is not allowed.</exception>
    public static CaptionsOptions Load(string? path, IEnumerable<GivenOption> commandLine)
    {
        if (path is not null && !File.Exists(path))
            throw new CaptionsException($"There is no configuration file {path}.", "Check the path, or leave --config out.", ExitCode.Usage);

        var file = Path.GetFullPath(path ?? DefaultPath);
        GivenOption[] given = [.. commandLine];
        var root = Read(file, given);
        OptionsCheck.Check(root, typeof(CaptionsOptions), file, given);
        var options = new CaptionsOptions();
        root.Bind(options);
        options.Model.Language = string.IsNullOrEmpty(options.Model.Language) ? null : SpokenLanguage.CodeOf(options.Model.Language);
        return options;
    }

    private static IConfigurationRoot Read(string file, GivenOption[] given)
    {
        try
        {
            // As a stream: a file whose name begins with a dot is passed over by the configuration's own provider of files, in silence.
            using var json = File.Exists(file) ? File.OpenRead(file) : Stream.Null;
            var sources = new ConfigurationBuilder();
            if (json != Stream.Null) sources.AddJsonStream(json);
            return sources
                .AddEnvironmentVariables(EnvironmentPrefix)
                .AddInMemoryCollection(given.Select(option => KeyValuePair.Create(option.Key, option.Value)))
                .Build();
        }
        catch (JsonException e)
        {
            var where = e.LineNumber is { } line ? $" in line {line + 1}" : "";
            throw new CaptionsException($"{file} is not valid JSON{where}.", Mend, ExitCode.Usage, e);
        }
        catch (FormatException e) // no object, or a key that is there twice
        {
            throw new CaptionsException($"{file} cannot be used: {e.Message}", Mend, ExitCode.Usage, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CaptionsException($"{file} cannot be read.", "Check its permissions.", ExitCode.Usage, e);
        }
    }
}
