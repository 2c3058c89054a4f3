using System.Text.Json;
using BroadcastCaptions.Failures;
using BroadcastCaptions.Options;
using BroadcastCaptions.Platform;
using Microsoft.Extensions.Configuration;

namespace BroadcastCaptions.Configuration;

/// <summary>Reads the options: captions.json, then CAPTIONS__… variables, then the command line; the last one wins.</summary>
internal static class OptionsLoader
{
    /// <summary>The name of the configuration file.</summary>
    public const string FileName = "captions.json";

    private const string EnvironmentPrefix = "CAPTIONS__";

    /// <summary>Where captions.json lies when no other place is named.</summary>
    public static string DefaultPath => Path.Combine(AppFolders.Configuration, FileName);

    /// <summary>Loads and checks the options.</summary>
    /// <param name="path">Another configuration file; null: the default place, where it may be missing.</param>
    /// <param name="commandLine">Key ("display:lines") → value, of the options that the user gave.</param>
    /// <exception cref="CaptionsException">Broken JSON, an unknown key, or a value that is not allowed.</exception>
    public static CaptionsOptions Load(string? path, IReadOnlyDictionary<string, string?> commandLine)
    {
        if (path is not null && !File.Exists(path))
            throw new CaptionsException($"There is no configuration file {path}.", "Check the path, or leave --config out.", ExitCode.Usage);

        var file = Path.GetFullPath(path ?? DefaultPath);
        var root = Read(file, commandLine);
        OptionsCheck.Check(root, typeof(CaptionsOptions), file);
        var options = new CaptionsOptions();
        root.Bind(options);
        return options;
    }

    private static IConfigurationRoot Read(string file, IReadOnlyDictionary<string, string?> commandLine)
    {
        try
        {
            return new ConfigurationBuilder()
                .AddJsonFile(file, optional: true)
                .AddEnvironmentVariables(EnvironmentPrefix)
                .AddInMemoryCollection(commandLine)
                .Build();
        }
        catch (InvalidDataException e)
        {
            var json = e.InnerException as JsonException ?? e.InnerException?.InnerException as JsonException;
            var where = json?.LineNumber is { } line ? $" in line {line + 1}" : "";
            throw new CaptionsException(
                $"{file} is not valid JSON{where}.", "Correct it, or delete it to go back to the defaults.", ExitCode.Usage, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CaptionsException($"{file} cannot be read.", "Check its permissions.", ExitCode.Usage, e);
        }
    }
}
