using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using BroadcastCaptions.Failures;
using Microsoft.Extensions.Configuration;

namespace BroadcastCaptions.Configuration;

/// <summary>Holds what was configured against the options' types and ranges; the first fault ends it, naming key, value and what is allowed.</summary>
internal static class OptionsCheck
{
    /// <summary>Checks a section against the type that it will be bound to.</summary>
    /// <exception cref="CaptionsException">Something is unknown or not allowed.</exception>
    public static void Check(IConfigurationRoot root, Type type, string file) => Section(root, root, type, file);

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "The options' assembly is kept whole: TrimmerRootAssembly in the project file.")]
    private static void Section(IConfigurationRoot root, IConfiguration section, Type type, string file)
    {
        var properties = type.GetProperties().Where(p => p.CanWrite).ToDictionary(p => p.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var child in section.GetChildren())
        {
            if (child.Path == "$schema") continue;
            if (!properties.TryGetValue(child.Key, out var property)) throw Unknown(root, child, properties.Keys, file);
            Property(root, child, property, file);
        }
    }

    private static void Property(IConfigurationRoot root, IConfigurationSection child, PropertyInfo property, string file)
    {
        var rule = OptionRule.Of(property);
        if (rule.Kind == OptionKind.Section)
        {
            if (child.Value is { Length: > 0 }) throw NotAllowed(root, child, rule, file);
            Section(root, child, property.PropertyType, file);
        }
        else if (rule.Kind == OptionKind.List)
        {
            // A list given as text (in a variable, say) would be dropped in silence by the binder.
            if (child.Value is { Length: > 0 } || child.GetChildren().Any(item => item.Value is null)) throw NotAllowed(root, child, rule, file);
        }
        else if (!rule.Allows(child.Value, hasChildren: child.GetChildren().Any()))
        {
            throw NotAllowed(root, child, rule, file);
        }
    }

    private static CaptionsException NotAllowed(IConfigurationRoot root, IConfigurationSection at, OptionRule rule, string file)
    {
        var (place, key) = Origin(root, at, file);
        var value = at.Value is null ? "a list or an object" : $"\"{at.Value}\"";
        return new CaptionsException($"{place}: {key} is {value}; {rule.Allowed} is allowed.", $"Correct {key}.", ExitCode.Usage);
    }

    private static CaptionsException Unknown(IConfigurationRoot root, IConfigurationSection at, IEnumerable<string> known, string file)
    {
        var (place, key) = Origin(root, at, file);
        var names = string.Join(", ", known.Select(OptionRule.JsonName).Order(StringComparer.Ordinal));
        return new CaptionsException($"{place}: there is no option {key}; {names} are allowed here.", $"Correct or remove {key}.", ExitCode.Usage);
    }

    /// <summary>Where a value came from, and its key as it is written there.</summary>
    private static (string Place, string Key) Origin(IConfigurationRoot root, IConfigurationSection at, string file)
    {
        var provider = root.Providers.Reverse().FirstOrDefault(p => p.TryGet(at.Path, out _) || p.GetChildKeys([], at.Path).Any());
        return provider?.GetType().Name switch
        {
            "EnvironmentVariablesConfigurationProvider" => ("The environment", "CAPTIONS__" + at.Path.Replace(":", "__").ToUpperInvariant()),
            "MemoryConfigurationProvider" => ("The command line", Dotted(at.Path)),
            _ => (file, Dotted(at.Path)),
        };
    }

    private static string Dotted(string path) => string.Join('.', path.Split(':').Select(OptionRule.JsonName));
}
