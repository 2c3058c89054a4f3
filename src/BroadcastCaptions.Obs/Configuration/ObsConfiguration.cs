using BroadcastCaptions.Failures;
using BroadcastCaptions.Obs.Configuration;
using BroadcastCaptions.Options;

namespace BroadcastCaptions.Obs;

/// <summary>
/// Where OBS is to be reached, from the options and from OBS's own configuration files; a snapshot. Explicit options win.
/// OBS's files count only for an OBS on this machine.
/// </summary>
public sealed class ObsConfiguration
{
    /// <summary>Where the user switches the server on, word for word as OBS's menu has it.</summary>
    public const string EnableMenu = "In OBS: Tools → WebSocket Server Settings → Enable WebSocket server.";

    private readonly ObsOptions _options;
    private readonly IReadOnlyList<string> _folders;
    private readonly Func<string, bool> _isRunning;
    private readonly ObsFolder? _folder;

    private ObsConfiguration(ObsOptions options, IReadOnlyList<string> folders, Func<string, bool> isRunning)
    {
        (_options, _folders, _isRunning) = (options, folders, isRunning);
        _folder = IsLocal(options.Host)
            ? folders.Select(path => new ObsFolder(path)).Where(folder => folder.Exists)
                .OrderByDescending(folder => isRunning(folder.Path))
                .ThenByDescending(folder => folder.Settings?.Enabled ?? false)
                .ThenByDescending(folder => folder.LastWrite)
                .FirstOrDefault()
            : null;
        var settings = _folder?.Settings;
        Endpoint = new ObsEndpoint(
            options.Host ?? ObsEndpoint.DefaultHost,
            options.Port ?? settings?.Port ?? ObsEndpoint.DefaultPort,
            options.Password ?? (settings is { AuthRequired: true, Password.Length: > 0 } ? settings.Password : null));
        ServerEnabled = _folder is null ? null : settings?.Enabled ?? false;
        Stamp = _folder?.LastWrite ?? default;
    }

    /// <summary>Address and password.</summary>
    public ObsEndpoint Endpoint { get; }

    /// <summary>Is OBS's server switched on? Null where no configuration of OBS is on this machine, or OBS runs on another.</summary>
    public bool? ServerEnabled { get; }

    /// <summary>OBS's configuration folder; null where none was found.</summary>
    public string? Folder => _folder?.Path;

    /// <summary>Does an OBS with this configuration run on this machine now?</summary>
    public bool IsRunning => _folder is not null && _isRunning(_folder.Path);

    /// <summary>Changes when OBS's configuration files were written.</summary>
    internal DateTime Stamp { get; }

    /// <summary>Looks in every place in which OBS keeps its configuration on this platform.</summary>
    public static ObsConfiguration Find(ObsOptions options) => Find(options, ObsFolders.OnThisMachine(), ObsProcesses.IsRunning);

    /// <summary>The same with other places and another way to see a running OBS.</summary>
    internal static ObsConfiguration Find(ObsOptions options, IReadOnlyList<string> folders, Func<string, bool> isRunning) =>
        new(options, folders, isRunning);

    /// <summary>
    /// Switches OBS's WebSocket server on in OBS's own file, with a new password where one is asked for and none is set.
    /// Ask the user first. The rest of the file stays; a copy of the old one is kept beside it.
    /// </summary>
    /// <returns>What is configured then.</returns>
    /// <exception cref="CaptionsException">OBS runs (it would overwrite the file), is not on this machine, or the file cannot be written.</exception>
    public ObsConfiguration EnableServer()
    {
        if (_folder is null)
            throw new CaptionsException("No configuration of OBS was found on this machine.", "Start OBS once and close it, then try again.");
        if (IsRunning)
            throw new CaptionsException("OBS is running, and would overwrite its configuration when it closes.", $"{EnableMenu} Or close OBS and try again.");
        try
        {
            _folder.File.Write((_folder.Settings ?? new ObsServerSettings()).SwitchedOn());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CaptionsException($"{_folder.File.Path} cannot be written.", EnableMenu, inner: e);
        }

        return new ObsConfiguration(_options, _folders, _isRunning);
    }

    private static bool IsLocal(string? host) =>
        host is null || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (System.Net.IPAddress.TryParse(host.Trim('[', ']'), out var address) && System.Net.IPAddress.IsLoopback(address));
}
